"""What a verb works on: a workbook, a snapshot, or the alliance folder as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rongtong import facts
from rongtong.cli.options import author, home_of
from rongtong.cli.progress import Report
from rongtong.errors import InputError
from rongtong.i18n import _


class Opened(NamedTuple):
    """A snapshot, the folder it belongs to, and the import it came from, if a workbook was given."""

    snapshot: facts.Snapshot
    home: Path
    imported: facts.ImportResult | None = None


def alliance(home: Path, *, create: bool = False) -> facts.Alliance:
    """The alliance folder at *home*; with *create* an empty one where there is none."""
    return facts.Alliance.open(home, create=create)


def snapshot(source: str | None, home: Path | None, report: Report, *, beside: Path | None = None) -> Opened:
    """Open *source*: a workbook (imported and settled), a snapshot's folder or id, or None for the current one."""
    if source and Path(source).is_file():
        return from_workbook(Path(source), home_of(home, beside=beside), report)
    if source and Path(source).is_dir():
        return Opened(facts.Snapshot(Path(source)), Path(source).parent.parent)
    folder = home_of(home)
    if source:
        return Opened(by_id(source, folder), folder)
    return Opened(alliance(folder).settle(progress=report), folder)


def from_workbook(path: Path, home: Path, report: Report) -> Opened:
    """Import *path* into *home* and settle."""
    opened = alliance(home, create=True)
    imported = opened.import_file(path, by=author(None), progress=report)
    return Opened(opened.settle(progress=report), home, imported)


def by_id(start: str, home: Path) -> facts.Snapshot:
    """The one snapshot in *home* whose id begins with *start*."""
    found = sorted((home / "snapshots").glob(f"{start}*")) if start.isalnum() else []
    if len(found) != 1:
        what = _("找不到文件或快照 {name}", name=start) if not found else _("有多个快照以 {name} 开头", name=start)
        raise InputError(what, mend=_("请给出表格文件的路径，或 {home} 中快照的编号", home=home))
    return facts.Snapshot(found[0])
