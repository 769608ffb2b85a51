"""A part: the claims of one reading of one source, immutable, stored wide as they came with a column map."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.journal import sync
from rongtong.i18n import _

#: Columns of a part's table that say whose claims a row holds; all others are slots or attributes.
ROW_COLUMNS = ("row", "uscc", "name", "item")


@dataclass(frozen=True)
class PartTable:
    """One table of a part: the sheet it stood on, what it holds, and which source column each of its columns is."""

    sheet: str
    kind: str
    list_id: str | None
    cells: Mapping[str, int]
    digest: str


@dataclass(frozen=True)
class Part:
    """A part's description, as it stands in ``part.json``; its name is the hash of that description.

    *complete* are lists with their first and last year; *held* the rows (list, sheet, row) to whose firms that does not
    extend, because a cell of theirs was not read. *number* is the document number of the file, where it has one.
    """

    source: str
    source_kind: str
    date: str | None
    year: int | None
    complete: tuple[tuple[str, int, int], ...]
    headings: Mapping[str, str]
    catalogue: str
    tables: tuple[PartTable, ...] = field(default_factory=tuple)
    held: tuple[tuple[str, str, int], ...] = ()
    number: str = ""

    @cached_property
    def name(self) -> str:
        """The part's name: what was read, how, and what came of it."""
        return digest.of_json(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The description as JSON; *held* and *number* stand there only where there is any."""
        return {name: value for name, value in asdict(self).items() if name not in ("held", "number") or value}

    @classmethod
    def load(cls, folder: Path) -> Part:
        """Read ``part.json``. Raises InputError when the part is missing."""
        try:
            raw: dict[str, Any] = json.loads((folder / "part.json").read_text(encoding="utf-8"))
            tables = tuple(PartTable(**table) for table in raw.pop("tables"))
            complete = tuple((str(a), int(b), int(c)) for a, b, c in raw.pop("complete"))
            held = tuple((str(a), str(b), int(c)) for a, b, c in raw.pop("held", ()))
            return cls(**raw, complete=complete, tables=tables, held=held)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(
                _("缺少导入数据或已损坏"), place=str(folder), mend=_("请从备份恢复 claims 文件夹")
            ) from error


def write(root: Path, part: Part, tables: list[pa.Table], problems: pa.Table) -> Path:
    """Put a part into *root* whole or not at all; a part that is there already is left alone."""
    target = root / part.name
    if target.exists():
        return target
    root.mkdir(parents=True, exist_ok=True)
    temporary = root / f".{uuid.uuid4().hex}"
    temporary.mkdir()
    try:
        for index, table in enumerate(tables):
            file = temporary / f"{index}.parquet"
            pq.write_table(table, file, compression="zstd", compression_level=1, use_dictionary=False)
        pq.write_table(problems, temporary / "problems.parquet", compression="zstd")
        (temporary / "part.json").write_text(json.dumps(part.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
        move(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def move(temporary: Path, target: Path) -> None:
    """Give a finished folder its name, durably; of two writers of the same folder the first wins."""
    for path in temporary.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    try:
        temporary.rename(target)
    except OSError:
        if not target.exists():
            raise
    sync(target.parent)
