"""Writing a table to a file whose suffix names the format; the file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from rongtong.cli import output
from rongtong.errors import InputError
from rongtong.i18n import _, joined


def format_of(path: Path, known: Sequence[str]) -> str:
    """The suffix of *path*. Raises InputError when it is none of *known*."""
    suffix = path.suffix.lower()
    if suffix not in known:
        raise InputError(
            _("不会写后缀为“{suffix}”的文件", suffix=suffix),
            place=str(path),
            mend=_("请用 {known}", known=joined(known)),
        )
    return suffix


def destination(path: Path | None, known: Sequence[str], *sources: Path | str | None) -> None:
    """Raise InputError when *path*, if one is given, has none of the suffixes *known*, or is one of the *sources*."""
    if path is None:
        return
    format_of(path, known)
    if path.resolve() in {Path(one).resolve() for one in sources if one}:
        raise InputError(_("写入的文件就是来源文件"), place=str(path), mend=_("请换一个文件名"))


def whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let *write* make a file, and put it at *path* when it is finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        unfinished = Path(folder) / path.name
        write(unfinished)
        unfinished.replace(path)


def write(path: Path, table: pa.Table, document: Mapping[str, object]) -> None:
    """Write *table* as .parquet or .csv (UTF-8 with a mark, so that Excel reads it), or *document* as .json."""
    writers: dict[str, Callable[[Path], None]] = {
        ".parquet": lambda file: pyarrow.parquet.write_table(table, file, compression="zstd"),
        ".csv": lambda file: csv(file, table),
        ".json": lambda file: json(file, document),
    }
    whole(path, writers[format_of(path, list(writers))])


def csv(path: Path, table: pa.Table) -> None:
    """Write *table* as CSV with a byte order mark; a text that a spreadsheet would run as a formula is quoted, and what
    is nested in a cell is JSON."""
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        pyarrow.csv.write_csv(pa.table([_harmless(_flat(one)) for one in table.columns], table.column_names), file)


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_nested(column.type):
        return column
    texts = [None if one is None else output.dumps(one) for one in column.to_pylist()]
    return pa.chunked_array([texts], pa.string())


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        return column
    risky = pc.match_substring_regex(column, r"^[=+\-@\t\r]")
    number = pc.match_substring_regex(column, r"^[+\-]?\d+(\.\d+)?$")
    return pc.if_else(pc.and_not(risky, number), pc.binary_join_element_wise("'", column, ""), column)


def json(path: Path, document: Mapping[str, object]) -> None:
    """Write *document* as JSON."""
    with path.open("w", encoding="utf-8") as file:
        output.stream(file, document)
