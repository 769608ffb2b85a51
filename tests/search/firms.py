"""Snapshots for these tests: settled from claims, or of bare names that nothing is settled of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from making import home, put, table
from rongtong.facts.snapshot import Snapshot

Firm = Mapping[str, Any]
LISTS = ("titles", "products")


def settled(path: Path, firms: Sequence[Firm]) -> Snapshot:
    """The snapshot of an alliance at *path*: facts by slot, lists, and ``mentions``: names in an older file."""
    alliance = home(path)
    lists = [table(rows, sheet=name, list_id=name) for name in LISTS if (rows := _records(firms, name))]
    facts = [{key: one for key, one in firm.items() if key not in (*LISTS, "mentions")} for firm in firms]
    put(alliance, table(facts), *lists, file="a.xlsx")
    others = [{"name": name, "uscc": firm["uscc"]} for firm in firms for name in firm.get("mentions", ())]
    if others:
        put(alliance, table(others), file="b.xlsx", date="2021-06-30")
    return alliance.settle()


def _records(firms: Sequence[Firm], name: str) -> list[dict[str, Any]]:
    return [
        {"name": firm["name"], "uscc": firm.get("uscc"), "item": str(at)}
        | {f"{name}.{key}": str(value) for key, value in record.items()}
        for firm in firms
        for at, record in enumerate(firm.get(name, ()))
    ]


def bare(path: Path, names: Sequence[str]) -> Snapshot:
    """A snapshot in which each of *names*, be they repeated, is a firm of which nothing else is known."""
    path.mkdir(parents=True)
    nothing = [None] * len(names)
    columns = {"n": range(len(names)), "firm": [f"f{n}" for n in range(len(names))], "uscc": nothing, "name": names}
    firms = pa.table(columns, pa.schema([("n", pa.int32()), *((one, pa.string()) for one in ("firm", "uscc", "name"))]))
    readings = pa.table({one: pa.array([], pa.string()) for one in ("mention", "slot", "value")})
    for name, rows in {"firms": firms, "mentions": firms, "readings": readings}.items():
        pq.write_table(rows, path / f"{name}.parquet")
    (path / "manifest.json").write_text(json.dumps({"id": path.name, "parts": []}), encoding="utf-8")
    return Snapshot(path)
