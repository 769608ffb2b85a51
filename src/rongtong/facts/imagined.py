"""A snapshot of firms that somebody made up, as worked examples do: facts by slot, no file behind them.

The files are those that ``docs/architecture.md`` describes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal, quote

#: The facts of a firm by slot, its lists as records.
Firm = Mapping[str, Any]
IDENTITY = {"n": "INTEGER", "firm": "VARCHAR", "uscc": "VARCHAR", "name": "VARCHAR"}
MENTION = IDENTITY | {
    "mention": "VARCHAR",
    "file": "VARCHAR",
    "part": "VARCHAR",
    "source": "VARCHAR",
    "sheet": "VARCHAR",
    "row": "INTEGER",
}
#: Facts that come from no file: nobody claimed anything, no cell was read again.
EMPTY = {
    "claims": {"n": "INTEGER", "slot": "VARCHAR", "mention": "VARCHAR", "value": "VARCHAR", "chosen": "BOOLEAN"},
    "readings": {"mention": "VARCHAR", "slot": "VARCHAR", "value": "VARCHAR"},
}


def snapshot(path: Path, firms: Sequence[Firm], *, reference_date: str | None = "2022-10-31") -> Snapshot:
    """A snapshot of *firms*: scalars by slot, ``slot!from`` and ``slot!to``, and lists as ``{ip: [{kind: …}]}``."""
    path.mkdir(parents=True, exist_ok=True)
    rows = [
        {"n": n, "firm": f"f{n}", "uscc": None, "name": f"企业{n}", **_scalars(firm)} for n, firm in enumerate(firms)
    ]
    columns = sorted({name for row in rows for name in row} - set(IDENTITY))
    types = IDENTITY | {name: _type(name) for name in columns}
    with duckdb.connect() as connection:
        _write(connection, path / "firms.parquet", types, rows)
        for field in catalogue().lists:
            records = [
                {"n": n, "item": f"row {i}", **record}
                for n, firm in enumerate(firms)
                for i, record in enumerate(firm.get(field.id, ()))
            ]
            if records:
                own = {a.id: catalogue().sql_type(Slot(field.id, a.id)) for a in field.attributes}
                _write(
                    connection, path / f"list_{field.id}.parquet", {"n": "INTEGER", "item": "VARCHAR"} | own, records
                )
        mentions = [{name: row.get(name) for name in IDENTITY} | {"mention": f"m{row['n']}"} for row in rows]
        _write(connection, path / "mentions.parquet", MENTION, mentions)
        for name, kinds in EMPTY.items():
            _write(connection, path / f"{name}.parquet", kinds, [])
    manifest: dict[str, Any] = {"id": path.name, "reference_date": reference_date, "reporting_year": 2021, "parts": []}
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Snapshot(path)


def _scalars(firm: Firm) -> dict[str, Any]:
    lists = {field.id for field in catalogue().lists}
    return {name: value for name, value in firm.items() if name not in lists}


def _type(name: str) -> str:
    if name.endswith("!settled"):
        return "BOOLEAN"
    return "SMALLINT" if "!" in name else catalogue().sql_type(Slot.parse(name))


def _write(
    connection: duckdb.DuckDBPyConnection, path: Path, types: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    texts = pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in types})
    columns = ", ".join(f"CAST({quote(name)} AS {kind}) AS {quote(name)}" for name, kind in types.items())
    connection.register("texts", texts)
    connection.execute(f"COPY (SELECT {columns} FROM texts ORDER BY ALL) TO {literal(str(path))} (FORMAT parquet)")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
