"""Canonical digests of tables: the same rows give the same digest on any machine, whatever wrote the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_BATCH = 1 << 18


def of_json(value: Any) -> str:
    """sha256 of *value* as canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of_file(path: Path) -> str:
    """sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_column(column: pa.ChunkedArray) -> str:
    """sha256 of a column: its type, which rows are known, and their values in order."""
    return _of_chunks(column.type, column.chunks)


class Running:
    """The digest of a table that comes in parts: that of :func:`of_table` for the whole."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}

    def add(self, part: pa.Table) -> None:
        """Take in the next rows."""
        for name, column in zip(part.column_names, part.columns, strict=True):
            own = self._columns.setdefault(name, _Column(column.type))
            for chunk in column.chunks:
                own.add(chunk)

    def hexdigest(self) -> str:
        """The digest of what was taken in."""
        return of_json([[name, self._columns[name].hexdigest()] for name in sorted(self._columns)])


class _Column:
    """The digest of a column while it grows."""

    def __init__(self, kind: pa.DataType) -> None:
        self.text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
        self.coded = pa.types.is_dictionary(kind)
        self.name = "string" if self.text else "words" if self.coded else str(kind)
        self.rows, self.words = 0, dict[str, int]()
        self.known, self.lengths, self.values = (hashlib.sha256() for _ in range(3))

    def add(self, chunk: pa.Array) -> None:
        self.rows += len(chunk)
        self.known.update(np.asarray(pc.is_valid(chunk).cast(pa.uint8())).data)
        if self.text:
            lengths, content = _string_parts(chunk)
            self.lengths.update(lengths.data)
            self.values.update(content.data)
        else:
            self.values.update(_fixed(_codes(chunk, self.words) if self.coded else chunk).data)

    def hexdigest(self) -> str:
        lengths = self.lengths.copy()
        lengths.update(json.dumps(list(self.words), ensure_ascii=False).encode() if self.words else b"")
        parts = [self.name, str(self.rows), self.known.hexdigest(), lengths.hexdigest(), self.values.hexdigest()]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _of_chunks(kind: pa.DataType, chunks: Iterable[pa.Array]) -> str:
    column = _Column(kind)
    for chunk in chunks:
        column.add(chunk)
    return column.hexdigest()


def _codes(chunk: pa.DictionaryArray, words: dict[str, int]) -> pa.Array:
    """The words of a dictionary column as numbers, counted as they first come, whatever the file's dictionary."""
    used = pc.unique(chunk.indices).drop_null().to_numpy()
    of = np.zeros(len(chunk.dictionary), np.int32)
    for code in used:
        of[code] = words.setdefault(chunk.dictionary[code].as_py(), len(words))
    return pa.array(of[pc.fill_null(chunk.indices, 0).to_numpy()]) if len(of) else pa.array([], pa.int32())


def _string_parts(chunk: pa.Array) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    filled = pc.fill_null(chunk, "").cast(pa.large_string())
    _, offsets, data = filled.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[filled.offset : filled.offset + len(filled) + 1]
    content = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]] if data else np.empty(0, np.uint8)
    return np.diff(ends), content


def _fixed(chunk: pa.Array) -> np.ndarray[Any, Any]:
    if pa.types.is_boolean(chunk.type):
        chunk = chunk.cast(pa.uint8())
    zero = pa.scalar(0, pa.int32()).cast(pa.date32()) if pa.types.is_date(chunk.type) else 0
    filled = pc.fill_null(chunk, pa.scalar(zero, chunk.type) if zero == 0 else zero)
    width = filled.type.bit_width // 8
    start = filled.offset * width
    return np.frombuffer(filled.buffers()[1], dtype=np.uint8)[start : start + len(filled) * width]


def of_table(table: pa.Table, *, without: tuple[str, ...] = ()) -> str:
    """sha256 of a table's columns in the order of their names, leaving out the columns *without*."""
    names = sorted(set(table.column_names) - set(without))
    return of_json([[name, of_column(table.column(name))] for name in names])


def of_parquet(path: Path, *, without: tuple[str, ...] = ()) -> str:
    """The digest of :func:`of_table` for a Parquet file, read one column and a batch of rows at a time."""
    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        names = sorted(set(schema.names) - set(without))
        return of_json([[name, _of_chunks(schema.field(name).type, _batches(file, name))] for name in names])


def _batches(file: pq.ParquetFile, name: str) -> Iterator[pa.Array]:
    return (batch.column(0) for batch in file.iter_batches(_BATCH, columns=[name]))
