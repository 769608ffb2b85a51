"""Importing: a file read, its source and claims kept, and one entry in the journal that makes it true."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.facts import digest, parts, sources
from rongtong.facts.journal import Entry
from rongtong.facts.parts import Part, PartTable
from rongtong.facts.reading import Reading, normalise_heading, read_workbook
from rongtong.facts.reading.model import Column
from rongtong.facts.settling.settle import Progress
from rongtong.facts.state import State, fold
from rongtong.i18n import _, joined

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance

#: The longest document number.
LONGEST = 60
_COMPLETE = re.compile(r"([a-z_0-9.]+):(\d{4})(?:-(\d{4}))?")


class Options(NamedTuple):
    """What is said about a file as a whole: kind of source, reference date, year, complete lists, document number."""

    source_kind: str
    date: str | None
    year: int | None
    complete: tuple[tuple[str, int, int], ...]
    number: str = ""


@dataclass(frozen=True)
class ImportResult:
    """What came of an import: its entry, whether it was in force already, and the account of every cell."""

    entry: int
    already: bool
    part: str
    reading: Reading

    @property
    def counts(self) -> Mapping[str, int]:
        """``cells`` = ``used`` + ``ignored`` + ``problems``."""
        return self.reading.counts

    @property
    def problems(self) -> pa.Table:
        """Every cell that wants attention: sheet, row, column, text, reason, mend, severity."""
        return self.reading.problems

    @property
    def columns(self) -> list[dict[str, Any]]:
        """What each source column was taken for."""
        return [asdict(column) for column in self.reading.columns]

    @property
    def ignored(self) -> list[dict[str, Any]]:
        """Cells passed over, by place and reason."""
        return [asdict(one) for one in self.reading.ignored]


def options(
    catalogue: Catalogue,
    *,
    source: str,
    date: str | None,
    year: int | None,
    complete: Iterable[str],
    number: str = "",
) -> Options:
    """Check what is said about a file. Raises InputError naming the argument."""
    if source not in catalogue.source_kinds:
        raise InputError(_("没有来源种类 {kind}", kind=source), place="--source", mend=joined(catalogue.source_kinds))
    if date is not None:
        try:
            date = datetime.datetime.strptime(date, "%Y-%m-%d").date().isoformat()
        except ValueError as error:
            raise InputError(_("“{text}”不是日期", text=date), place="--date", mend=_("请写成 2022-10-31")) from error
    if year is not None and not 1900 <= year <= 2100:
        raise InputError(_("{text} 不是年度", text=year), place="--year", mend=_("请写成 2021"))
    if len(number) > LONGEST:
        raise InputError(_("文号太长"), place="--number", mend=_("文号最多 {n} 个字", n=LONGEST))
    lists = tuple(sorted(_complete(catalogue, text, source) for text in complete))
    return Options(source, date, year, lists, number.strip())


def _complete(catalogue: Catalogue, text: str, source: str) -> tuple[str, int, int]:
    match = _COMPLETE.fullmatch(text)
    list_id, _dot, subset = match.group(1).partition(".") if match else ("", "", "")
    field = catalogue.fields.get(list_id)
    if not match or field is None or field.kind != "list" or (subset and field.subset(subset) is None):
        raise InputError(
            _("{text} 不是清单和期间", text=text),
            place="--complete",
            mend=_("请写成 negative_records.environment:2019-2022"),
        )
    if field.none_from and source not in field.none_from:
        kinds = joined(worded(catalogue.source_kinds[one]) for one in field.none_from)
        what = _(
            "{kind}不能说明“{list}”没有别的记录", kind=worded(catalogue.source_kinds[source]), list=worded(field.label)
        )
        raise InputError(what, place="--complete", mend=_("只有这样的来源可以：{kinds}", kinds=kinds))
    first, last = int(match.group(2)), int(match.group(3) or match.group(2))
    if first > last:
        raise InputError(
            _("{text} 的起止年份颠倒", text=text), place="--complete", mend=f"{match.group(1)}:{last}-{first}"
        )
    return match.group(1), first, last


def import_file(alliance: Alliance, path: Path, options: Options, *, by: str, progress: Progress) -> ImportResult:
    """Read *path* and put it in force; the journal entry is the last thing written."""
    progress(_("读取 {file}", file=file_name(path)), 0.0)
    reading = read(alliance, path, options)
    _something_read(reading, path)
    progress(_("保存数据"), 0.6)
    source = sources.keep(alliance.home / "sources", path)
    if source != reading.sha256:
        raise InputError(_("文件在读取时被改动"), place=file_name(path), mend=_("请等文件保存完毕后重新导入"))
    part = describe(reading, source, options, alliance.catalogue)
    parts.write(alliance.home / "claims", part, [table.data for table in reading.tables], reading.problems)
    progress(_("记入台账"), 0.9)
    entry, already = _enter(alliance, part, reading, path, by)
    return ImportResult(entry, already, part.name, reading)


def read(alliance: Alliance, path: Path, options: Options) -> Reading:
    """*path* as an import would read it now; nothing is kept. Raises InputError when it cannot be read."""
    if not path.is_file():
        raise InputError(_("找不到文件"), place=str(path), mend=_("请检查文件名和路径"))
    with _readable(path) as file:
        return read_workbook(
            file,
            catalogue=alliance.catalogue,
            year=options.year,
            headings=headings(alliance.state()),
            whole=bool(options.complete),
            source=options.source_kind,
            until=day_of(options.date),
        )


def day_of(date: str | None) -> int | None:
    """The year of a file's day."""
    return int(date[:4]) if date else None


def headings(state: State) -> dict[str, str]:
    """What people decided headings to mean."""
    return {str(e.body["decision"]["heading"]): str(e.body["decision"]["slot"]) for e in state.of_kind("heading")}


def _something_read(reading: Reading, path: Path) -> None:
    if not any(table.data.num_rows for table in reading.tables):
        raise InputError(
            _("没有读到企业数据：找不到含“企业名称”或“统一社会信用代码”的表头"),
            place=file_name(path),
            mend=_("请检查表头；标题写法特殊的，用 rongtong decide heading 指明含义后重新导入"),
        )


def describe(reading: Reading, source: str, options: Options, catalogue: Catalogue) -> Part:
    """The description of the part that a reading makes; the same reading gives the same part anywhere."""
    tables = tuple(
        PartTable(t.sheet, t.kind, t.list_id, dict(sorted(t.cells.items())), digest.of_table(t.data))
        for t in reading.tables
    )
    decided = {
        normalise_heading(column.heading): column.slot or "ignore"
        for column in reading.columns
        if column.how in {"decided", "declined"}
    }
    return Part(
        source=source,
        source_kind=options.source_kind,
        date=options.date,
        year=options.year,
        complete=options.complete,
        headings=decided,
        catalogue=catalogue.sha256,
        tables=tables,
        held=tuple(
            sorted({found for name, _first, _last in options.complete for found in _held(reading, name, catalogue)})
        ),
        number=options.number,
    )


def _held(reading: Reading, name: str, catalogue: Catalogue) -> Iterator[tuple[str, str, int]]:
    """The rows with a cell that was not read and may speak of the list or subset *name*."""
    means: dict[tuple[str, int], list[Column]] = {}
    for column in reading.columns:
        means.setdefault((column.sheet, column.index), []).append(column)
    for sheet, row, index in reading.unread:
        if any(_speaks_of(column, name, catalogue) for column in means.get((sheet, index), ())):
            yield name, sheet, row


def _speaks_of(column: Column, name: str, catalogue: Catalogue) -> bool:
    if column.slot is None:
        return column.how not in {"contact", "declined", "ignored"}
    list_id, _dot, subset = name.partition(".")
    slot = Slot.parse(column.slot)
    if slot.field != list_id:
        return False
    said = (slot.part or "").partition(".")[0]
    known = catalogue[list_id].subset(said)
    return not subset or known is None or said == subset or subset in known.within


def file_name(path: Path) -> str:
    """The file's name; one written in GB 18030, as old archives hold it, read as that."""
    raw = os.fsencode(path.name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """*path*, or where its name is not UTF-8, which readers cannot open, a link to it by the name that was meant."""
    if file_name(path) == path.name:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / file_name(path)
        link.symlink_to(path.resolve())
        yield link


class _InForceError(Exception):
    """The same part is in force already, since entry *number*."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _enter(alliance: Alliance, part: Part, reading: Reading, path: Path, by: str) -> tuple[int, bool]:
    """Write the journal entry; returns its number and whether the part was in force before."""

    def check(entries: list[Entry]) -> None:
        for one in fold(entries).imports:
            if one.part == part.name:
                raise _InForceError(one.entry)

    body = {"source": part.source, "part": part.name, "file": file_name(path), "counts": reading.counts}
    try:
        return alliance.log.append("import", body, by=by, check=check).number, False
    except _InForceError as found:
        return found.number, True
