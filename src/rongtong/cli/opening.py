"""What a verb works on: a workbook, a snapshot, or the alliance folder as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from rongtong import facts
from rongtong.cli.options import author, home_of
from rongtong.cli.progress import Report
from rongtong.errors import InputError
from rongtong.facts.answers import Answer
from rongtong.i18n import _, joined

#: What the folder of a single workbook is called after its name.
OWN = ".rongtong"


class Said(NamedTuple):
    """What is said about a workbook as a whole: its kind of source, reference date, year, and complete lists."""

    source: str = "district_workbook"
    date: str | None = None
    year: int | None = None
    complete: tuple[str, ...] = ()

    def as_arguments(self) -> dict[str, Any]:
        """As :meth:`rongtong.facts.Alliance.import_file` takes them."""
        return self._asdict()


NOTHING_SAID = Said()


class Opened(NamedTuple):
    """A snapshot, the folder it belongs to, and the import it came from, if a workbook was given."""

    snapshot: facts.Snapshot
    home: Path
    imported: facts.ImportResult | None = None

    def answers(self) -> list[Answer]:
        """What people answered of rows on lists, as the journal of the folder has it now."""
        if not (self.home / "journal").is_dir():  # a snapshot that was carried elsewhere by itself
            return []
        return facts.Alliance.open(self.home).answers()


def alliance(home: Path, *, create: bool = False) -> facts.Alliance:
    """The alliance folder at *home*; with *create* an empty one where there is none."""
    return facts.Alliance.open(home, create=create)


def snapshot(
    source: str | None, home: Path | None, report: Report, *, beside: Path | None = None, said: Said = NOTHING_SAID
) -> Opened:
    """Open *source*: a workbook (imported and settled), a snapshot's folder or id, or None for the current one."""
    if source and Path(source).is_file():
        return from_workbook(Path(source), home, beside, report, said)
    if source and Path(source).is_dir():
        return Opened(facts.Snapshot(Path(source)), Path(source).parent.parent)
    folder = home_of(home)
    if source:
        return Opened(by_id(source, folder), folder)
    return Opened(alliance(folder).settle(progress=report), folder)


def from_workbook(path: Path, home: Path | None, beside: Path | None, report: Report, said: Said) -> Opened:
    """Import *path* and settle: in *home* beside all it holds, else in a folder of the workbook's own."""
    folder = home or (beside.parent if beside else Path()) / f"{path.stem}{OWN}"
    opened = alliance(folder, create=True)
    if not home:
        only_that(opened, path)
    imported = opened.import_file(path, by=author(None), progress=report, **said.as_arguments())
    for one in opened.state().imports if not home else ():
        if one.part != imported.part:  # an earlier state of the same workbook
            opened.undo(one.entry, by=author(None))
    return Opened(opened.settle(progress=report), folder, imported)


def only_that(opened: facts.Alliance, path: Path) -> None:
    """Refuse a folder in which other workbooks than *path* are in force: they would be judged with it."""
    others = sorted({one.file for one in opened.state().imports} - {path.name})
    if others:
        raise InputError(
            _("文件夹里已有别的表格：{files}", files=joined(others[:3])),
            place=str(opened.home),
            mend=_("要并入这个文件夹，请写 --home {home}；否则请换一个文件夹或文件名", home=opened.home),
        )


def by_id(start: str, home: Path) -> facts.Snapshot:
    """The one snapshot in *home* whose id begins with *start*."""
    found = sorted((home / "snapshots").glob(f"{start}*")) if start.isalnum() else []
    if len(found) != 1:
        what = _("找不到文件或快照 {name}", name=start) if not found else _("有多个快照以 {name} 开头", name=start)
        raise InputError(what, mend=_("请给出表格文件的路径，或 {home} 中快照的编号", home=home))
    return facts.Snapshot(found[0])
