"""A file, from its bytes to typed tables and an account of every cell."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.units import UNITS
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.reading.account import Account
from rongtong.facts.reading.block_rows import BlockRows, Context
from rongtong.facts.reading.forms import read_form
from rongtong.facts.reading.grid import Grid
from rongtong.facts.reading.headings import Interpreter
from rongtong.facts.reading.layout import Block, Finder
from rongtong.facts.reading.model import PASSED, PROBLEMS, Column, Ignored, Reading, Table
from rongtong.facts.reading.records import tables_of
from rongtong.facts.reading.roles import find_roles
from rongtong.facts.reading.values import parse_heading_unit
from rongtong.facts.reading.writing import plain
from rongtong.facts.reading.years import Calendar, calendar
from rongtong.i18n import _
from rongtong.workbooks import Sheet, open_sheets

_STATED = re.compile(
    r"(?:金额)?(?:计量)?单位[:：是为]?(?:人民币)?([百千万十亿]*元)|[(（](?:人民币)?([百千万十亿]+元)[)）]"
)


def read_workbook(
    path: Path,
    *,
    catalogue: Catalogue,
    year: int | None = None,
    headings: Mapping[str, str] | None = None,
    whole: bool = False,
    source: str = "",
    until: int | None = None,
) -> Reading:
    """Read a workbook or text file: .xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt, told by content.

    *year* is the reporting year, of per-year columns whose heading names none. *headings* are people's decisions,
    ``{normalise_heading(heading): slot pattern or "ignore"}``. *whole* says that a list in it holds every record: then
    what is not recognised is a problem, not passed over. *source* is the kind of source: what such a one may not state
    (``only_from`` in the catalogue) is passed over. *until* is the year of the day that the file
    describes. Raises InputError when the file cannot be read at all.
    """
    if not path.is_file():
        raise InputError(_("找不到文件"), place=str(path), mend=_("请检查文件名"))
    interpreter = Interpreter(catalogue, headings or {}, source)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        try:
            sheets = open_sheets(path, Path(folder))
        except InputError as error:
            raise InputError(error.what, place=f"{path.name} {error.place}".strip(), mend=error.mend) from None
        parts = [read_sheet(sheet, interpreter, Calendar(year, until=until), whole) for sheet in sheets]
    return _together(path, parts, whole)


class Part:
    """What one sheet gave."""

    def __init__(self, sheet: Sheet) -> None:
        self.tables: list[Table] = []
        self.columns: list[Column] = []
        self.account = Account(sheet)


def read_sheet(sheet: Sheet, interpreter: Interpreter, told: Calendar, whole: bool = False) -> Part:
    """Read one sheet, of whose years is *told*: its blocks, or the form it is."""
    part = Part(sheet)
    if not sheet.cells.num_columns:
        return part
    grid = Grid(sheet)
    blocks = Finder(grid, interpreter).blocks(sheet.cells.num_rows)
    year = told.year
    dates = calendar([*grid.joined(range(min(grid.height, 40)))], year, told.until)
    for block in blocks:
        unit = _unit([*(blocks[0].intro if len(blocks) == 1 else ()), *block.intro])
        context = Context(part.account, interpreter, dates, dates.year if dates.has_this_year else year, unit, whole)
        records = BlockRows(context, block, find_roles(block, interpreter, dates, sheet.name))
        part.tables += tables_of(records)
        part.columns += records.columns
    if not blocks:
        context = Context(part.account, interpreter, dates, year, _unit(grid.joined(range(min(grid.height, 6)))))
        tables, columns = read_form(context, grid)
        part.tables += tables
        part.columns += columns
    _close(part, blocks)
    return part


def _close(part: Part, blocks: list[Block]) -> None:
    """Whatever no block took: titles above, notes, sheets without any table."""
    if blocks:
        part.account.ignore_rows(range(blocks[0].top), _("表头以上"), _("标题和说明"), _("无需处理"))
        part.account.close(_("表外"), _("不在表头之下的内容"), _("是企业数据的，请移到表头之下，或加一行表头"))
    else:
        reason, mend = _("没有找到表头；不含企业名称或代码的内容"), _("是企业数据的，请加一行表头，写明企业名称或代码")
        part.account.close_whole(_("整个工作表"), reason, mend)


def _unit(texts: list[str]) -> str | None:
    """The unit of money that a sheet states above its table; none when it states several."""
    found = {a or b for text in texts for a, b in _STATED.findall(plain(text))}
    named = {unit for unit in found if unit in UNITS}
    return parse_heading_unit(f"({named.pop()})") if len(named) == 1 else None


def _together(path: Path, parts: list[Part], whole: bool) -> Reading:
    counts = {"cells": 0, "used": 0, "ignored": 0, "problems": 0}
    ignored: list[Ignored] = []
    for part in parts:
        for name, count in part.account.counts().items():
            counts[name] += count
        ignored += part.account.passed_over()
        if not part.account.sheet.visible:
            ignored.append(Ignored(part.account.sheet.name, _("整个工作表"), _("工作表是隐藏的，已照常读取"), 0))
    problems = pa.concat_tables([PROBLEMS.empty_table(), *(part.account.problems() for part in parts)])
    passed = pa.concat_tables([PASSED.empty_table(), *(part.account.passed() for part in parts)])
    unread = tuple((p.account.sheet.name, *at) for p in parts for at in p.account.unread()) if whole else ()
    return Reading(
        path.name, digest.of_file(path), [table for part in parts for table in part.tables],
        [column for part in parts for column in part.columns], problems, ignored, counts, passed,
        unread,
    )  # fmt: skip
