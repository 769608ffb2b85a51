"""What the other columns of a list are worth: short names with districts, addresses, industries and former names.

    python benchmarks/list_fields.py [--firms 20000] [--rows 3000] [--seed 2022]

A made-up registry (``tools/made_registry.py``), its firms of one city; every third is left out, so that rows of it are
strangers. A row is called by the trade name, by that with the trade, or by these with the city; every fifth by the
whole name with a sign wrong; every twentieth bears a new name and tells the former one. Of districts one in twenty-five
is another, addresses and industries are as others write them, and each of these is missing now and then. Of questions
*first* tells how many have the right firm first, *alone* how many have no other.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

sys.path.append(str(Path(__file__).parents[1] / "tools"))

from made_registry import DISTRICTS, moved, other_industry, registry
from noise import typed
from rongtong import lists
from rongtong.facts import Alliance
from rongtong.facts.snapshot import Snapshot
from rongtong.identity import split, valid_codes

_CITY = "山东省青岛市"
_COLUMNS: dict[str, tuple[str, ...]] = {
    "name alone": (),
    "former name": ("former_name",),
    "district": ("district",),
    "address": ("address",),
    "industry code": ("industry_code",),
    "district, industry": ("district", "industry_code"),
    "all": ("former_name", "district", "address", "industry_code"),
}
_HEADINGS = {
    "name": "企业名称", "uscc": "统一社会信用代码", "district": "所属区市", "address": "注册地址",
    "industry_code": "行业代码",
}  # fmt: skip
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    chance = Random(given.seed)
    firms = _firms(given.firms, given.seed)
    listed = [_row(firm, chance) for firm in chance.sample(firms, min(given.rows, len(firms)))]
    stock = {firm["uscc"]: firm for at, firm in enumerate(firms) if at % 3}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = _settled(Path(folder), list(stock.values()))
        print(
            f"{len(stock):,} firms, {len(listed):,} rows, {sum(one['of'] in stock for one in listed):,} of them there"
        )
        print("| columns | same | wrong | questions | right among | first | alone | candidates | missed |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, columns in _COLUMNS.items():
            print(f"| {name} | {' | '.join(_line(listed, columns, snapshot, set(stock)))} |")


def _firms(count: int, seed: int) -> list[Row]:
    """The firms of the city, each once, with all that the register knows."""
    made = registry(count, seed)
    valid = valid_codes(made.table["uscc"]).is_valid().to_pylist()
    entries = zip(made.firm.tolist(), made.table.to_pylist(), valid, strict=True)
    every = {firm: one for firm, one, coded in entries if coded and one["address"]}
    here = [one for one in every.values() if one["address"].startswith(_CITY) and one["name"].startswith("青岛")]
    return [one | {"district": _district(one["address"])} for one in here]


def _district(address: str) -> str | None:
    return next((one for one in DISTRICTS if address.startswith(_CITY + one)), None)


def _settled(folder: Path, firms: list[Row]) -> Snapshot:
    table = folder / "企业.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS.values())
        writer.writerows([firm[name] for name in _HEADINGS] for firm in firms)
    alliance = Alliance.open(folder / "home", create=True)
    alliance.import_file(table, date="2022-06-30", year=2021)
    return alliance.settle()


def _row(firm: Row, chance: Random) -> Row:
    parts = split(firm["name"])
    short = chance.choice((parts.trade_name, parts.core, "青岛" + parts.trade_name, "青岛" + parts.core))
    name = typed(firm["name"], chance) if chance.random() < 0.2 else short
    renamed = chance.random() < 0.05
    told = {
        "district": chance.choice(DISTRICTS) if chance.random() < 0.04 else firm["district"],
        "address": moved(firm["address"], chance),
        "industry_code": other_industry(firm["industry_code"] or f"{chance.randrange(13, 53)}10", chance),
    }
    said = {name: None if chance.random() < 0.15 else value for name, value in told.items()}
    name = f"青岛{''.join(chance.sample('宏德瑞泽润昌恒', 3))}科技有限公司" if renamed else name
    return said | {"of": firm["uscc"], "name": name, "former_name": firm["name"] if renamed else None}


def _line(listed: list[Row], columns: tuple[str, ...], snapshot: Snapshot, stock: set[str]) -> list[str]:
    names = ("name", *columns)
    table = pa.table({name: pa.array([one[name] for one in listed], pa.string()) for name in names})
    table = table.append_column("uscc", pa.nulls(len(listed), pa.string()))
    found = lists.compare(table.append_column("row", pa.array(range(len(listed)), pa.int32())), snapshot).to_pylist()
    with snapshot.connect() as connection:
        code = dict(connection.execute("SELECT firm, uscc FROM firms").fetchall())
    count: Counter[str] = Counter()
    for one, own in zip(found, listed, strict=True):
        candidates = [code[firm] for firm in one["candidates"]]
        count[one["outcome"]] += 1
        count["wrong"] += one["outcome"] == "same" and one["uscc"] != own["of"]
        count["among"] += own["of"] in candidates
        count["first"] += candidates[:1] == [own["of"]]
        count["alone"] += candidates == [own["of"]]
        count["candidates"] += len(candidates)
        count["missed"] += one["outcome"] == "none" and own["of"] in stock
    each = f"{count['candidates'] / max(1, count['ask']):.2f}"
    told = [f"{count[name]:,}" for name in ("same", "wrong", "ask", "among", "first", "alone")]
    return [*told, each, f"{count['missed']:,}"]


if __name__ == "__main__":
    main()
