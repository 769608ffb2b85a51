"""The problems drawn into a copy of the workbook: cells coloured, each with a comment that says why and what to do.

An .xlsx keeps its look (:mod:`rongtong.facts.reading.mark_dressed`); any other file, and a very large one, is copied as
values. No formula, macro, link or embedded object is carried over; a text that looks like a formula stays a text.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook

from rongtong.facts.reading.mark_dressed import FILLS, draw, open_dressed
from rongtong.facts.reading.model import Reading
from rongtong.i18n import _
from rongtong.workbooks import Sheet, open_sheets

#: Above so many rows only those with problems are written.
MOST_ROWS = 50_000
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": False,
}
_LONGEST, _MOST_COMMENTS, _MOST_LINES = 32_000, 65_000, 1_048_000
_NUMBER = re.compile(r"^-?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$")
VEIL = "****"
Notes = dict[int, list[dict[str, Any]]]


def mark(path: Path, reading: Reading, out: Path, *, veiled: bool = False) -> None:
    """Write *out*, an .xlsx copy of *path* with the cells of *reading*'s problems coloured and commented.

    Of a *veiled* copy the columns of people and telephones show no more than that something stands there.

    A source of more than 50,000 rows gives a workbook of the headings and the rows with problems only, each with the
    number of its row. Raises InputError when *path* can no longer be read.
    """
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        sheets = open_sheets(path, Path(folder))
        shown = [_veiled(reading, sheet) for sheet in sheets] if veiled else sheets
        book = open_dressed(path, sheets)
        if book is not None:
            _dressed(book, shown, reading)
            book.save(out)
        else:
            _values(shown, reading, out)


def _dressed(book: Workbook, sheets: list[Sheet], reading: Reading) -> None:
    """Mark the workbook as it came; cells that *sheets* veil are veiled."""
    for sheet in sheets:
        hidden = (
            (row, int(name), VEIL)
            for name in sheet.cells.column_names
            for row in pc.indices_nonzero(pc.fill_null(pc.equal(sheet.cells[name], VEIL), False)).to_pylist()
        )
        draw(book[sheet.name], _notes(reading.problems, sheet.name), veiled=hidden)
    for title, lines in _lists(reading):
        page = book.create_sheet(_title(title, {name.casefold() for name in book.sheetnames}))
        for line in lines:
            page.append(line)
            for cell in page[page.max_row]:
                cell.data_type = "s"


def _values(sheets: list[Sheet], reading: Reading, out: Path) -> None:
    """Write the values of *sheets*, marked; of very many rows only those with problems."""
    whole = sum(sheet.cells.num_rows for sheet in sheets) <= MOST_ROWS
    with xlsxwriter.Workbook(str(out), _OPTIONS) as book:
        formats = {name: book.add_format({"bg_color": f"#{colour}"}) for name, colour in FILLS.items()}
        formats["percent"] = book.add_format({"num_format": "0.00%"})
        taken: set[str] = set()
        for sheet in sheets:
            notes = _notes(reading.problems, sheet.name)
            if whole or notes:
                page = book.add_worksheet(_title(sheet.name, taken))
                _write(page, sheet, notes, formats, whole)
        for title, lines in _lists(reading):
            page = book.add_worksheet(_title(title, taken))
            for place, line in enumerate(lines):
                for column, text in enumerate(line):
                    page.write_string(place, column, text)


def _veiled(reading: Reading, sheet: Sheet) -> Sheet:
    """*sheet* without what its columns of contacts say below their headings."""
    contacts = {c.index: c.heading for c in reading.columns if c.sheet == sheet.name and c.how == "contact"}
    cells = sheet.cells
    for index, heading in contacts.items():
        texts = cells.column(index).cast(pa.string())
        said = pc.and_(pc.not_equal(texts, ""), pc.invert(pc.is_in(texts, pa.array(heading.split("/"), pa.string()))))
        cells = cells.set_column(index, str(index), pc.if_else(pc.fill_null(said, False), VEIL, texts))
    return replace(sheet, cells=cells)


def _title(name: str, taken: set[str]) -> str:
    """A sheet name that Excel accepts and that is not taken."""
    clean = "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:28] or _("数据")
    title, number = clean, 2
    while title.casefold() in taken:
        title, number = f"{clean[:26]}~{number}", number + 1
    taken.add(title.casefold())
    return title


def _notes(problems: pa.Table, sheet: str) -> Notes:
    """The problems of a sheet by row from 0; those of a whole column stand at row -1."""
    notes: Notes = defaultdict(list)
    for line in problems.filter(pc.equal(problems["sheet"], sheet)).to_pylist():
        notes[line["row"] - 1].append(line)
    return notes


def _write(page: Any, sheet: Sheet, notes: Notes, formats: dict[str, Any], whole: bool) -> None:
    first = min((row for row in notes if row >= 0), default=0)
    rows = range(sheet.cells.num_rows) if whole else _chosen(sheet, notes, first)
    shift = 0 if whole else 1
    columns_noted = notes.get(-1, [])
    for place, row in enumerate(rows):
        if not whole:
            page.write_number(place, 0, row + 1)
        line = {int(name): text for name, text in sheet.cells.slice(row, 1).to_pylist()[0].items() if text}
        _write_row(page, place, line, notes.get(row, []), formats, shift)
    for note in columns_noted:
        column = column_index_from_string(note["column"]) - 1 + shift
        page.write_comment(0, column, _comment(note))
        page.set_column(column, column, None, formats[note["severity"]])
    for column in sheet.percents:
        page.set_column(column + shift, column + shift, None, formats["percent"])


def _chosen(sheet: Sheet, notes: Notes, first: int) -> list[int]:
    """The rows down to the first record (at most thirty) and the rows with problems."""
    return sorted({*range(min(first, 30, sheet.cells.num_rows)), *(row for row in notes if row >= 0)})


def _write_row(  # noqa: PLR0917 -- a row has its place, its texts, its notes and its looks
    page: Any, place: int, line: dict[int, str], notes: list[dict[str, Any]], formats: dict[str, Any], shift: int
) -> None:
    for column, text in line.items():
        _put(page, place, column + shift, text)
    for note in notes:
        columns = [column_index_from_string(note["column"]) - 1] if note["column"] else sorted(line)
        for column in columns:
            _put(page, place, column + shift, line.get(column, ""), formats[note["severity"]])
        if columns and place < _MOST_COMMENTS:
            page.write_comment(place, columns[0] + shift, _comment(note))


def _put(page: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """A cell: a number where that loses nothing, else a text, never a formula."""
    if _NUMBER.match(text):
        page.write_number(row, column, float(text), style)
    else:
        page.write_string(row, column, text.removesuffix(" 00:00:00")[:_LONGEST], style)


def _comment(note: dict[str, Any]) -> str:
    return f"{note['reason']}\n{note['mend']}"


def _lists(reading: Reading) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """The sheets at the end: the problems, and what was passed over for a reason."""
    yield _("问题清单"), _listed(reading)
    if reading.passed.num_rows:
        yield _("不采用清单"), _passed(reading)


def _listed(reading: Reading) -> Iterator[list[str]]:
    """All problems as lines of texts, the headings first."""
    yield [_("工作表"), _("行"), _("列"), _("内容"), _("原因"), _("怎样改")]
    for line in reading.problems.slice(0, _MOST_LINES).to_pylist():
        texts = ((line[name] or "")[:_LONGEST] for name in ("column", "text", "reason", "mend"))
        yield [line["sheet"], str(line["row"] or _("整列")), *texts]


def _passed(reading: Reading) -> Iterator[list[str]]:
    """What was passed over as lines of texts, the headings first."""
    yield [_("工作表"), _("行"), _("列"), _("内容"), _("单元格数"), _("原因"), _("怎样改")]
    for line in reading.passed.slice(0, _MOST_LINES).to_pylist():
        row = str(line["row"] or (_("整列") if line["column"] else _("整个工作表")))
        yield [line["sheet"], row, line["column"], line["text"], str(line["cells"]), line["reason"], line["mend"]]
