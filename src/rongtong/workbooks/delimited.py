"""Text files: their encoding, their delimiter, their records."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.workbooks.sheets import Sheet, check_size, texts_table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_BIG = 8 << 20
_BATCH = 20_000
csv.field_size_limit(1 << 30)


def read_delimited(path: Path) -> list[Sheet]:
    """The one sheet of a text file. Raises InputError when it is no table of text."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter(file.read(1 << 16))
    big = path.stat().st_size > _BIG
    table = (_fast(path, encoding, delimiter) if big else None) or _slow(path, encoding, delimiter)
    _unswallowed(table, delimiter)
    return [Sheet("", table, dates=False)]


def read_text(path: Path) -> str:
    """What a text file holds. Raises InputError when it is no text."""
    return path.read_text(_encoding(path))


def _unswallowed(table: pa.Table, delimiter: str) -> None:
    """Raise InputError when a cell holds the lines that a quote without its partner took in."""
    marks = min(max(table.num_columns - 1, 2), 50)
    lines = rf"\n[^\n]*(?:{re.escape(delimiter)}[^\n]*){{{marks}}}"
    for column in table.columns:
        several = pc.match_substring(column, "\n")
        if pc.any(several).as_py():
            found = pc.indices_nonzero(pc.and_kleene(several, pc.match_substring_regex(column, lines)))
            if len(found):
                raise _stray(_line_of(table, found[0].as_py()))


def _line_of(table: pa.Table, row: int) -> int:
    """The line of the file in which a row begins: those before it, and the breaks inside of them."""
    above = table.slice(0, row)
    return row + 1 + sum(pc.sum(pc.count_substring(column, "\n")).as_py() or 0 for column in above.columns)


def _stray(line: int) -> InputError:
    return InputError(
        _("引号不成对，后面的行会被并进一个单元格"),
        place=_("第 {n} 行", n=line),
        mend=_("请在该行补上或删去引号，或用 Excel 另存为 .xlsx"),
    )


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _decodes(path, name)
    if head.count(0) > len(head) // 8:
        name = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        if not set("\n\r,\t;") & set(head.decode(name, "ignore")):
            raise _not_text()
        return _decodes(path, name)
    try:
        return _decodes(path, "utf-8")
    except InputError:
        return _decodes(path, "gb18030")


def _decodes(path: Path, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if "\0" in decoder.decode(block):
                    raise _not_text()
            decoder.decode(b"", final=True)
    except UnicodeError:
        raise _not_text() from None
    return encoding


def _not_text() -> InputError:
    return InputError(_("文件不是表格，也不是文本"), mend=_("请用 Excel 另存为 .xlsx，或存为 UTF-8 编码的 .csv"))


def _delimiter(head: str) -> str:
    """The mark that most lines hold equally often."""
    lines = [line for line in head.splitlines()[:200] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        counts = Counter(n for line in lines if (n := line.count(mark)))
        return max(((lines_of * n, n) for n, lines_of in counts.items()), default=(0, 0))

    best = max(",\t;|", key=weight)
    return best if weight(best)[0] else ","


def _fast(path: Path, encoding: str, delimiter: str) -> pa.Table | None:
    """The records by Arrow when all below the first lines are equally long, else None."""
    with path.open(encoding=encoding, newline="") as file:
        head = list(islice(csv.reader(file, delimiter=delimiter), 60))
    width = max(map(len, head))
    start = next(i for i, record in enumerate(head) if len(record) == width)
    if any("\n" in cell or "\r" in cell for record in head[:start] for cell in record):
        return None
    names = [str(index) for index in range(width)]
    options = arrow_csv.ReadOptions(encoding=encoding.removesuffix("-sig"), skip_rows=start, column_names=names)
    parse = arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False)
    convert = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    try:
        body = arrow_csv.read_csv(path, options, parse, convert)
    except pa.ArrowInvalid:
        return None
    top = _table([_padded(record, width) for record in head[:start]], width)
    return _within(pa.concat_tables([top, body]))


def _slow(path: Path, encoding: str, delimiter: str) -> pa.Table:
    """The records whatever their length; shorter ones are filled up."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            batches = [_columns(batch) for batch in _batches(reader)]
        except csv.Error:
            raise _stray(reader.line_num) from None
    width = max((batch.num_columns for batch in batches), default=0)
    return _within(pa.concat_tables([_widened(batch, width) for batch in batches]) if batches else texts_table([]))


def _batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while batch := list(islice(reader, _BATCH)):
        yield batch


def _columns(records: list[list[str]]) -> pa.Table:
    width = max(map(len, records))
    return _table([_padded(record, width) for record in records], width)


def _padded(record: list[str], width: int) -> list[str]:
    return record + [""] * (width - len(record))


def _table(records: list[list[str]], width: int) -> pa.Table:
    columns = zip(*records, strict=True) if records else [()] * width
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    if not arrays:
        return pa.table({"0": pa.array([""] * len(records), pa.string())})
    return texts_table(arrays)


def _widened(batch: pa.Table, width: int) -> pa.Table:
    for index in range(batch.num_columns, width):
        batch = batch.append_column(str(index), pa.nulls(batch.num_rows, pa.string()))
    return batch


def _within(table: pa.Table) -> pa.Table:
    check_size(table.num_rows, table.num_columns)
    return table
