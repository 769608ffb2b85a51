"""Backup and restore: the alliance folder and the database in one archive, the same for every database."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit import last_entry
from rongtong.portal.audit.models import Trail
from rongtong.portal.hosting.preparing import make_tables
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.ending import end_all
from rongtong.portal.registry.tasks import refresh

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


def restore(file: Path, progress: Progress) -> dict[str, Any]:
    """Put the archive *file* into the empty alliance folder of the settings, and prove the snapshot the same."""
    if any((settings.HOME / folder).exists() for folder in FOLDERS[:3]):
        mend = _("请用 --home 指定一个空文件夹")
        raise InputError(_("文件夹里已有联盟数据"), place=str(settings.HOME), mend=mend)
    progress(_("读取 {file}", file=file.name), 0.0)
    with _opened(file) as archive:
        about: dict[str, Any] = json.loads(_text(archive, ABOUT, file))
        rows = _text(archive, ROWS, file)
        members = [one for one in archive.getmembers() if one.name not in (ABOUT, ROWS)]
        _refuse_strange(members, file)
        for one in members:
            _put(archive, one)
    progress(_("恢复数据库"), 0.3)
    make_tables()
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as held:
        held.write(rows)
        held.flush()
        call_command("loaddata", held.name, verbosity=0)
    if last := Trail.objects.first():
        last_entry.keep(last)
    end_all(alliance())
    made = refresh(progress)["snapshot"] if about["snapshot"] else None
    if made != about["snapshot"]:
        place = f"{about['snapshot']} ≠ {made}"
        raise InputError(_("恢复后的快照与备份时不同"), place=place, mend=_("请用同一版本的程序恢复，或检查备份文件"))
    return about


def _refuse_strange(members: list[tarfile.TarInfo], file: Path) -> None:
    """Raise InputError for an archive with anything but files that are archived, each in its folder."""
    names = {one.name for one in members}
    for one in members:
        path = PurePosixPath(one.name)
        kept = one.isfile() or (one.islnk() and one.linkname in names)  # a file under two names is archived once
        if not kept or ".." in path.parts or not any(path.is_relative_to(folder) for folder in FOLDERS):
            what = _("备份文件里有不该有的内容：{name}", name=one.name)
            raise InputError(what, place=str(file), mend=_("请给出 rongtong backup 写的文件"))


def _put(archive: tarfile.TarFile, one: tarfile.TarInfo) -> None:
    """Write a file of the archive to its place, read and written by whom it was."""
    target = settings.HOME / one.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(one) or io.BytesIO() as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)
    target.chmod(one.mode & 0o777)


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


def _opened(file: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(file, "r:gz")
    except (OSError, tarfile.TarError) as error:
        raise InputError(_("不是备份文件"), place=str(file), mend=_("请给出 rongtong backup 写的文件")) from error


def _text(archive: tarfile.TarFile, name: str, file: Path) -> str:
    try:
        held = archive.extractfile(name)
    except KeyError:
        held = None
    if held is None:
        raise InputError(_("不是备份文件"), place=str(file), mend=_("请给出 rongtong backup 写的文件"))
    return held.read().decode()
