"""What the XML of an .xlsx sheet says beyond its values: percent formats, errors, merged ranges, where it starts.

ECMA-376 Part 1: §18.3.1.4 (cells), §18.8.30 and §18.8.45 (number formats and cell formats), §18.3.1.55 (merged cells).
"""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from rongtong.workbooks.sheets import COLUMNS, Merge, check_size

_CHUNK, _OVERLAP, _HEAD = 4 << 20, 8 << 10, 1 << 20
_C, _F, _V = rb"<(?:\w+:)?c ", rb"(?:\w+:)?f", rb"(?:\w+:)?v"
_FORMULA = rb"<" + _F + rb"[^>]*>[^<]*(?:</" + _F + rb">)?"
_ERROR = re.compile(
    _C + rb'(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:' + _FORMULA + rb")?<" + _V + rb">([^<]{1,16})<"
)
_UNSAVED = re.compile(
    _C + rb'[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*' + _FORMULA
    + rb"\s*(?:<" + _V + rb" ?/>|<" + _V + rb"></" + _V + rb">)?\s*</(?:\w+:)?c>"
)  # fmt: skip
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_NUMBER = re.compile(
    _C + rb'(?![^>]*\bt="(?:s|str|inlineStr|b|e)")[^>]*?\br="([A-Z]+)(\d+)"(?:[^>]*?\bs="(\d+)")?[^>]*>(?:'
    + _FORMULA + rb")?<" + _V + rb">"
)  # fmt: skip
_FILLED = re.compile(_C + rb'[^>]*?\br="([A-Z]+)\d+"[^>/]*><[^/]')
_BEYOND = rb'r="(?:[A-Z]{4,}\d|[A-Z]{1,3}\d{8})'
#: A cell whose column or row has more signs than any of Excel's: reading as far as that would take all there is.
_FAR, _FAR_CELL = re.compile(_BEYOND), re.compile(_C + rb"[^>]*?\b" + _BEYOND)
UNSAVED = "=?"
#: Sheets of more bytes are looked at less closely.
BIG = 40 << 20
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Look:
    """One sheet: its size in bytes, first filled column, merged ranges, percent columns, and cells calamine skips.

    *percent_cells* are the percentages of columns that hold other numbers too (of sheets that are not big).
    """

    size: int
    first_column: int
    merges: tuple[Merge, ...]
    percents: frozenset[int]
    left_out: tuple[tuple[int, int, str], ...]
    percent_cells: tuple[tuple[int, int], ...] = ()


def looks(path: Path) -> dict[str, Look]:
    """The look of every sheet of an .xlsx workbook by name; empty for other kinds or where the parts are missing."""
    try:
        with zipfile.ZipFile(path) as parts:
            styles = _percent_styles(parts)
            return {name: _look(parts, part, styles) for name, part in _sheet_parts(parts).items()}
    except (KeyError, ET.ParseError, zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError):
        return {}


def _sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    links = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- expat ≥ 2.4.1 bounds entities, and this runs in the sandbox
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 -- expat ≥ 2.4.1 bounds entities, and this runs in the sandbox
    sheets = [element for element in book.iter() if element.tag.endswith("}sheet")]
    found = {str(s.get("name")): _part(targets.get(s.get(_R), "")) for s in sheets}
    names = set(parts.namelist())
    return {name: part for name, part in found.items() if part in names and "worksheet" in part}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _percent_styles(parts: zipfile.ZipFile) -> frozenset[int]:
    """The cell formats that show a percentage: built-in 9 and 10, and codes with a percent sign."""
    if "xl/styles.xml" not in parts.namelist():
        return frozenset()
    root = ET.fromstring(parts.read("xl/styles.xml"))  # noqa: S314 -- expat ≥ 2.4.1 bounds entities, and this runs in the sandbox
    space = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    codes = {e.get("numFmtId"): e.get("formatCode", "") for e in root.iter(f"{space}numFmt")}
    formats = root.find(f"{space}cellXfs")
    ids = [e.get("numFmtId", "0") for e in formats] if formats is not None else []
    return frozenset(i for i, fmt in enumerate(ids) if fmt in {"9", "10"} or "%" in codes.get(fmt, ""))


def _look(parts: zipfile.ZipFile, part: str, styles: frozenset[int]) -> Look:
    merges: list[Merge] = []
    left_out: dict[tuple[int, int], str] = {}
    percents: frozenset[int] = frozenset()
    percent_cells: set[tuple[int, int]] = set()
    first: int | None = None
    with parts.open(part) as file:
        for number, chunk in enumerate(_chunks(file)):
            if _FAR.search(chunk) and _FAR_CELL.search(chunk):
                check_size(0, COLUMNS + 1)
            if number == 0:
                percents = _percents(chunk[:_HEAD], styles)
            if parts.getinfo(part).file_size <= BIG:
                percent_cells |= _percent_cells(chunk, styles, percents)
            if first != 0:
                columns = {_index(m) for m in set(_FILLED.findall(chunk if number == 0 else chunk[:_HEAD]))}
                first = min({*columns, *([] if first is None else [first])}, default=None)
            merges += [_merge(ref) for ref in _MERGE.findall(chunk)] if b"mergeCell" in chunk else []
            _find_left_out(chunk, left_out)
    size = parts.getinfo(part).file_size
    return Look(
        size,
        first or 0,
        tuple(dict.fromkeys(merges)),
        percents,
        tuple((*k, v) for k, v in left_out.items()),
        tuple(percent_cells),
    )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while block := file.read(_CHUNK):
        yield tail + block
        tail = (tail + block)[-_OVERLAP:]


def _find_left_out(chunk: bytes, found: dict[tuple[int, int], str]) -> None:
    if b't="e"' in chunk:
        for column, row, text in _ERROR.findall(chunk):
            found[int(row) - 1, _index(column)] = text.decode()
    if b"</f></c>" in chunk or b"</f><v/>" in chunk or b"</f><v />" in chunk or b"</f><v></v>" in chunk:
        for column, row in _UNSAVED.findall(chunk):
            found.setdefault((int(row) - 1, _index(column)), UNSAVED)


def _percents(chunk: bytes, styles: frozenset[int]) -> frozenset[int]:
    """The columns all of whose first numbers are shown as percentages."""
    others: set[bytes] = set()
    shown: set[bytes] = set()
    for column, _row, style in _NUMBER.findall(chunk) if styles else ():
        (shown if style and int(style) in styles else others).add(column)
    return frozenset(_index(column) for column in shown - others)


def _percent_cells(chunk: bytes, styles: frozenset[int], percents: frozenset[int]) -> set[tuple[int, int]]:
    numbers = _NUMBER.findall(chunk) if styles else ()
    cells = {(int(row) - 1, _index(column)) for column, row, style in numbers if style and int(style) in styles}
    return {cell for cell in cells if cell[1] not in percents}


def _index(letters: bytes) -> int:
    """The column, from 0, of letters (openpyxl knows this too, but takes longer to import than a file to open)."""
    return functools.reduce(lambda number, letter: 26 * number + letter - 64, letters, 0) - 1


def _merge(ref: bytes) -> Merge:
    (left, top), (right, bottom) = re.findall(rb"([A-Z]+)(\d+)", ref)
    return int(top) - 1, _index(left), int(bottom) - 1, _index(right)
