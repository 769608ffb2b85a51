"""Restore: an archive of ``backup`` put into an empty folder and an empty database, whole or not at all.

Everything is unpacked and checked beside its place first; then the database is filled in one transaction, and the
folders are moved to their places, the journal last. A kill leaves either nothing that is served, or all of it.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from rongtong import facts
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit import last_entry
from rongtong.portal.audit.models import Trail
from rongtong.portal.hosting.backup import ABOUT, FOLDERS, ROWS
from rongtong.portal.hosting.preparing import JOURNAL, RESTORING, make_tables
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.people.models import User
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.ending import end_all
from rongtong.portal.registry.tasks import refresh

_SAYS = {"at", "head", "head_hash", "snapshot"}
_BLOCK = 1 << 20


def restore(file: Path, progress: Progress) -> dict[str, Any]:
    """Put the archive *file* into the empty alliance folder of the settings, and prove the snapshot the same."""
    held = settings.HOME / RESTORING
    begun = _begun(held)
    if any((settings.HOME / JOURNAL).glob("*")) or (not held.exists() and _filled()):
        mend = _("请用 --home 指定一个空文件夹")
        raise InputError(_("文件夹里已有联盟数据"), place=str(settings.HOME), mend=mend)
    progress(_("读取 {file}", file=file.name), 0.0)
    _refuse_damaged(file)
    for folder in FOLDERS if held.exists() else ():  # of a restore that was ended while it moved them
        shutil.rmtree(settings.HOME / folder, ignore_errors=True)
    try:
        about = _unpacked(file, held)
        _refuse_changed(held, about, file)
        progress(_("恢复数据库"), 0.3)
        _fill_database(held / ROWS, begun, file)
    except BaseException:
        shutil.rmtree(held, ignore_errors=True)
        raise
    _put_in_place(held)
    if last := Trail.objects.first():
        last_entry.keep(last)
    end_all(alliance())
    made = refresh(progress)["snapshot"] if about["snapshot"] else None
    if made != about["snapshot"]:
        place = f"{about['snapshot']} ≠ {made}"
        raise InputError(_("恢复后的快照与备份时不同"), place=place, mend=_("请用同一版本的程序恢复，或检查备份文件"))
    return about


def _filled() -> bool:
    return any(one.is_file() for folder in FOLDERS for one in (settings.HOME / folder).rglob("*"))


def _begun(held: Path) -> bytes | None:
    """The rows that a restore ended in the middle may have put into the database."""
    rows = held / ROWS
    return rows.read_bytes() if rows.is_file() else None


def _refuse_damaged(file: Path) -> None:
    """Raise InputError for an archive that does not unpack to its end as it was packed."""
    try:
        with gzip.open(file) as packed:
            while packed.read(_BLOCK):
                pass
    except (EOFError, zlib.error) as error:
        raise InputError(_("备份文件不完整或已损坏"), place=str(file), mend=_("请换一份备份")) from error
    except gzip.BadGzipFile as error:
        raise _no_backup(file) from error


def _no_backup(file: Path) -> InputError:
    return InputError(_("不是备份文件"), place=str(file), mend=_("请给出 rongtong backup 写的文件"))


def _unpacked(file: Path, held: Path) -> dict[str, Any]:
    """Unpack *file* into *held*, which starts empty; what the archive says of itself."""
    shutil.rmtree(held, ignore_errors=True)
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = archive.getmembers()
            about = json.loads(_content(archive, ABOUT))
            rows = _content(archive, ROWS)
            if not (isinstance(about, dict) and about.keys() >= _SAYS):
                raise _no_backup(file)
            kept = [one for one in members if one.name not in (ABOUT, ROWS)]
            _refuse_strange(kept, file)
            (held / JOURNAL).mkdir(parents=True)
            (held / ROWS).write_bytes(rows)
            for one in kept:
                _put(archive, one, held)
    except (tarfile.TarError, ValueError, KeyError) as error:
        raise _no_backup(file) from error
    return about


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    """Raises KeyError when the archive has no such file."""
    if (packed := archive.extractfile(name)) is None:
        raise KeyError(name)
    return packed.read()


def _refuse_strange(members: list[tarfile.TarInfo], file: Path) -> None:
    """Raise InputError for an archive with anything but files that are archived, each in its folder."""
    names = {one.name for one in members}
    for one in members:
        path = PurePosixPath(one.name)
        kept = one.isfile() or (one.islnk() and one.linkname in names)  # a file under two names is archived once
        placed = any(PurePosixPath(folder) in path.parents for folder in FOLDERS)
        within = any(str(above) in names for above in path.parents)
        if not kept or ".." in path.parts or not placed or within:
            what = _("备份文件里有不该有的内容：{name}", name=one.name)
            raise InputError(what, place=str(file), mend=_("请给出 rongtong backup 写的文件"))


def _put(archive: tarfile.TarFile, one: tarfile.TarInfo, held: Path) -> None:
    """Write a file of the archive to its place in *held*, read and written by whom it was."""
    target = held / one.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(one) or io.BytesIO() as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)
    target.chmod(one.mode & 0o777)


def _refuse_changed(held: Path, about: dict[str, Any], file: Path) -> None:
    """Raise InputError when the journal, an original or a part is not what was archived."""
    unpacked, mend = facts.Alliance.open(held), _("备份文件被改动过，请换一份备份")
    for one in facts.intact(unpacked):
        if not one.holds:
            raise InputError(f"{one.what}：{one.difference}", place=str(file), mend=mend)
    state = unpacked.state()
    if [state.head, state.head_hash] != [about["head"], about["head_hash"]]:
        raise InputError(_("备份里的台账与备份时不同"), place=str(file), mend=mend)


def occupied() -> bool:
    """Whether the database is in use: somebody has an account there."""
    return User.objects.exists()


def _fill_database(rows: Path, begun: bytes | None, file: Path) -> None:
    """Load *rows* into the database, which must hold nobody's account but of a restore of the same that was ended."""
    make_tables()
    if occupied() and begun != rows.read_bytes():
        mend = _("请先用 RONGTONG_DATABASE 指定一个空数据库，现有的数据不会被覆盖")
        raise InputError(_("数据库里已有账号"), place=settings.DATABASES["default"]["NAME"], mend=mend)
    try:
        call_command("loaddata", str(rows), verbosity=0)
    except (DeserializationError, CommandError, DatabaseError, ValueError, LookupError, TypeError) as error:
        mend = _("请用写这份备份的同一版本程序恢复，或换一份备份")
        raise InputError(_("备份里的数据库读不进来"), place=str(file), mend=mend) from error


def _put_in_place(held: Path) -> None:
    """Move what was unpacked to where it belongs; with the journal in its place all is there."""
    for folder in (*(one for one in FOLDERS if one != JOURNAL), JOURNAL):
        if (held / folder).exists():
            (settings.HOME / folder).parent.mkdir(parents=True, exist_ok=True)
            (held / folder).rename(settings.HOME / folder)
    shutil.rmtree(held, ignore_errors=True)
