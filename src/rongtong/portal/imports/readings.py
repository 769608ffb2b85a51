"""The account of an upload's reading, kept beside it: columns, problems, counts, and the marked copy."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.files.storage import Storage
from openpyxl.utils import get_column_letter

from rongtong.facts.reading import Reading, mark, model
from rongtong.facts.temporary import whole

ACCOUNT, PROBLEMS, PASSED, MARKED = "account.json", "problems.parquet", "passed.parquet", "marked.xlsx"
#: The marked copy for others than whoever brought the workbook, when people stand in it.
VEILED = "veiled.xlsx"


@dataclass(frozen=True)
class Account:
    """What a reading found: each column and what it was taken for, what was passed over, the counts."""

    columns: list[dict[str, Any]]
    ignored: list[dict[str, Any]]
    counts: dict[str, int]
    folder: Path

    def problems(self, kind: str = "", start: int = 0, most: int = 200) -> list[dict[str, Any]]:
        """Cells that want attention (of one *kind* of reason), a piece of the list at a time."""
        found = self._table()
        if kind:
            found = found.filter(pc.equal(found.column("reason"), kind))
        rows: list[dict[str, Any]] = found.slice(start, most).to_pylist()
        return rows

    def count(self, kind: str = "") -> int:
        """How many entries the list of problems has."""
        reasons = self._table().column("reason")
        return int(pc.sum(pc.equal(reasons, kind)).as_py() or 0) if kind else len(reasons)

    def kinds(self, most: int = 20) -> list[tuple[str, int]]:
        """The reasons that occur most, with the number of cells."""
        counted = pc.value_counts(self._table().column("reason")).to_pylist()
        return sorted(((one["values"], one["counts"]) for one in counted), key=lambda pair: (-pair[1], pair[0]))[:most]

    def problem(self, sheet: str, row: int, column: str) -> dict[str, Any] | None:
        """The problem of one cell, or None."""
        found = self._table().to_pylist()
        return next((p for p in found if (p["sheet"], p["row"], p["column"]) == (sheet, row, column)), None)

    def passed(self, start: int = 0, most: int = 200) -> tuple[list[dict[str, Any]], int]:
        """What was passed over for a reason, a piece of the list at a time, and how long it is."""
        file = self.folder / PASSED
        found = pq.read_table(file) if file.is_file() else model.PASSED.empty_table()
        return found.slice(start, most).to_pylist(), found.num_rows

    def _table(self) -> pa.Table:
        return pq.read_table(self.folder / PROBLEMS)


def keep(folder: Path, path: Path, reading: Reading) -> Account:
    """Write the account of *reading* into *folder*, in the place of an earlier one, which is read meanwhile."""
    account: dict[str, Any] = {
        "columns": [asdict(one) | {"letter": get_column_letter(one.index + 1)} for one in reading.columns],
        "ignored": [asdict(one) for one in reading.ignored],
        "counts": reading.counts,
    }
    for name, table in ((PROBLEMS, reading.problems), (PASSED, reading.passed)):
        with whole(folder / name) as draft:
            pq.write_table(table, draft)
    with whole(folder / MARKED) as draft:
        mark(path, reading, draft)
    if any(column.how == "contact" for column in reading.columns):
        with whole(folder / VEILED) as draft:
            mark(path, reading, draft, veiled=True)
    else:
        (folder / VEILED).unlink(missing_ok=True)
    with whole(folder / ACCOUNT) as draft:
        draft.write_text(json.dumps(account, ensure_ascii=False), encoding="utf-8")
    return Account(**account, folder=folder)


def load(folder: Path) -> Account | None:
    """The account in *folder*; None when the upload has not been read."""
    file = folder / ACCOUNT
    return Account(**json.loads(file.read_text(encoding="utf-8")), folder=folder) if file.is_file() else None


def marked(folder: Path, *, own: bool) -> Path:
    """The marked copy for whoever brought the workbook (*own*), or for others, who read no contacts in it."""
    veiled = folder / VEILED
    return veiled if not own and veiled.is_file() else folder / MARKED


def drop(folder: Path, storage: Storage, name: str) -> None:
    """Delete an upload's file and all that was made of it."""
    shutil.rmtree(folder, ignore_errors=True)
    storage.delete(name)


def place(folder: Path, stored: Path, name: str) -> Path:
    """The stored file in *folder* under the name it came with, which reports cite."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        try:
            os.link(stored, path)
        except OSError:
            shutil.copyfile(stored, path)
    return path
