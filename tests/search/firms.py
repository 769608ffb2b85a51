"""Snapshots for these tests: firms given by what search reads, in the files of ``docs/architecture.md``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.facts.snapshot import Snapshot

_TEXT, _DAY = pa.string(), pa.date32()
_SCALARS = dict.fromkeys(("district", "industry", "chain", "former_name", "main_product"), _TEXT)
_SCHEMAS = {
    "firms": pa.schema({"n": pa.int32(), "firm": _TEXT, "uscc": _TEXT, "name": _TEXT} | _SCALARS),
    "mentions": pa.schema({"mention": _TEXT, "n": pa.int32(), "firm": _TEXT, "name": _TEXT}),
    "list_titles": pa.schema({"n": pa.int32(), "item": _TEXT, "kind": _TEXT, "granted_on": _DAY, "valid_until": _DAY}),
    "list_products": pa.schema({"n": pa.int32(), "item": _TEXT, "name": _TEXT}),
}


def snapshot(path: Path, firms: Sequence[Mapping[str, Any]], *, reference_date: str | None = "2022-10-31") -> Snapshot:
    """A snapshot of *firms*: scalars by field, ``mentions`` as names, ``titles`` and ``products`` as records."""
    path.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _SCHEMAS}
    for n, firm in enumerate(firms):
        rows["firms"].append({"n": n, "firm": f"f{n}"} | dict(firm))
        rows["mentions"] += [
            {"mention": f"m{n}.{i}", "n": n, "name": one} for i, one in enumerate(firm.get("mentions", ()))
        ]
        for name in ("titles", "products"):
            rows[f"list_{name}"] += [{"n": n, "item": f"i{i}"} | one for i, one in enumerate(firm.get(name, ()))]
    for name, schema in _SCHEMAS.items():
        pq.write_table(pa.Table.from_pylist(rows[name], schema), path / f"{name}.parquet")
    manifest = {"id": path.name, "reference_date": reference_date, "parts": []}
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Snapshot(path)
