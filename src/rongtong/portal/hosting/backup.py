"""Backup: the alliance folder and the database in one archive, the same for every database."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.hosting.preparing import make_tables, refuse_unfinished
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.registry.current import alliance

#: What cannot be made again; snapshots, results, indices and projections can.
FOLDERS = ("sources", "claims", "journal", "portal/uploads", "definitions")
ABOUT, ROWS = "backup.json", "database.json"
#: Rebuilt or worthless elsewhere.
LEFT_OUT = ("contenttypes", "sessions", "django_tasks_database", "registry.firm", "registry.current", "people.attempt",
            "people.onetimecode")  # fmt: skip


def back_up(file: Path, progress: Progress) -> dict[str, Any]:
    """Write everything that cannot be made again to *file* (.tar.gz), whole or not at all; what the archive says.

    People may work meanwhile: the database is read at one moment, then the journal as it is (whose entries name sources
    and parts that are there already). Entries made between are ended when the archive is restored.
    """
    if file.exists():
        raise InputError(_("同名文件已存在"), place=str(file), mend=_("请换一个名字"))
    refuse_unfinished()
    make_tables()
    progress(_("结算"), 0.0)
    at, rows = timezone.now().isoformat(), _rows()
    state = alliance().state()
    snapshot = alliance().settle(state=state).id if state.imports else None
    about = {"at": at, "head": state.head, "head_hash": state.head_hash, "snapshot": snapshot}
    part = file.with_name(f".{file.name}.part")
    progress(_("写入 {file}", file=file.name), 0.3)
    try:
        with tarfile.open(part, "w:gz", compresslevel=3) as archive:
            _add(archive, ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
            _add(archive, ROWS, rows)
            for path in _files(state.head):
                archive.add(path, arcname=str(path.relative_to(settings.HOME)))
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return about


def _files(head: int) -> Iterator[Path]:
    """What is archived of the alliance folder: nothing half-written, of the journal the entries up to *head*."""
    for folder in FOLDERS:
        for path in sorted((settings.HOME / folder).rglob("*")):
            named = path.relative_to(settings.HOME / folder).parts
            later = folder == "journal" and path.stem.isdecimal() and int(path.stem) > head
            if path.is_file() and not later and not any(one.startswith(".") for one in named):
                yield path


def _rows() -> str:
    held = io.StringIO()
    with _one_moment():
        call_command("dumpdata", exclude=list(LEFT_OUT), stdout=held, verbosity=0)
    return held.getvalue()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the database as it is now, however long that takes; others write on meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    about = tarfile.TarInfo(name)
    about.size = len(content)
    archive.addfile(about, io.BytesIO(content))
