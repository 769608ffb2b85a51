"""A generated snapshot of firms to search: names as the sample makes them, codes, filters, former names, titles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from rongtong.facts.snapshot import Snapshot
from rongtong.identity.parts import leading_region
from rongtong.identity.uscc_column import make_column
from rongtong.sample.naming import businesses, full, trades
from rongtong.sample.parameters import industries, world
from rongtong.search.readings import readings
from rongtong.search.spelling import fold_column

DISTRICTS = [one.name for one in world().districts]
INDUSTRIES = [one.name for one in industries().industries]
CHAINS = [chain for group in world().chains.values() for chain in group]
#: Four firms in nine hold a title, the higher the rarer.
_FIRMS = """
SELECT n, printf('F%08d', n) AS firm, uscc, name, $districts[1 + (hash(n) % len($districts))::INT] AS district,
  $industries[1 + industry] AS industry, $chains[1 + (hash(n, 1) % len($chains))::INT] AS chain
FROM generated
"""
_TITLES = """
SELECT n, 'i' || n AS item, kind, make_date(2019 + (hash(n, 3) % 4)::INT, 7, 19) AS granted_on,
  (granted_on + INTERVAL 3 YEAR - INTERVAL 1 DAY)::DATE AS valid_until
FROM (
  SELECT n, unnest(
    ['创新型中小企业', '市级专精特新', '省级专精特新', '专精特新小巨人'][1:(hash(n, 2) % 9)::INT - 4]
  ) AS kind
  FROM generated
)
"""
#: One firm in thirty is known to another source by its former name.
_MENTIONS = "SELECT n, name FROM generated UNION ALL SELECT n, former FROM generated WHERE n % 30 = 0"


class Drawn(NamedTuple):
    """Some firms, by what queries are made from."""

    names: list[str]
    codes: list[str]
    sounds: list[str]
    initials: list[str]


def generate(folder: Path, firms: int, seed: int = 2022) -> Path:
    """Write a snapshot of *firms* into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    industry = rng.integers(0, len(INDUSTRIES), firms)
    now, before = (full(trades(firms, rng), businesses(industry, rng), rng) for _ in range(2))
    codes = make_column(["370212"] * firms, rng.integers(0, 31**6, firms))
    columns = {"uscc": codes, "name": now, "former": before, "industry": pa.array(industry)}
    with duckdb.connect() as connection:
        connection.register("generated", pa.table({"n": pa.array(range(firms), pa.int32())} | columns))
        lists = {"districts": DISTRICTS, "industries": INDUSTRIES, "chains": CHAINS}
        tables = {
            "firms": connection.sql(_FIRMS, params=lists),
            "list_titles": connection.sql(_TITLES),
            "mentions": connection.sql(_MENTIONS),
            "readings": connection.sql("SELECT '' AS mention, '' AS slot, '' AS value WHERE false"),
        }
        for name, rows in tables.items():
            rows.write_parquet(str(folder / f"{name}.parquet"))
    manifest = {"id": f"generated-{firms}", "reference_date": "2022-10-31", "parts": []}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def draw(snapshot: Snapshot, number: int) -> Drawn:
    """*number* of the firms (all, when there are fewer), their names folded and read aloud from the trade name on."""
    with snapshot.connect() as connection:
        rows = connection.sql("SELECT name, uscc FROM firms ORDER BY hash(n, 9) LIMIT $few", params={"few": number})
        table = rows.to_arrow_table()
    names = fold_column(table["name"].combine_chunks()).cast(pa.string())
    heard = readings(pa.array([leading_region(name)[1] for name in names.to_pylist()]))
    columns = (names, table["uscc"], heard["letters"], heard["initials"])
    return Drawn(*(column.to_pylist()[:number] for column in columns))
