"""How near a firm must be to be told beside a row that is not in the registry, and what each bound helps and costs.

    python benchmarks/list_near.py DIR

DIR holds ``registry.csv`` (eid, name), ``mentions.csv`` (mention; eid, empty when not in the registry; kind) and
``pairs.csv`` (name_a, name_b, label), which tells of a mention without eid from which firm it was made: its branch, its
daughter, its name in another city or trade. Every third firm is left out, so that mentions of it are strangers.
Rows that the comparison finds to be none are *missed* where their firm is there, *kin* where the firm that they were
made from is, else *strangers*. Told, up to three firms, should be the firm for the first two, nothing for the last.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from rongtong import lists
from rongtong.facts import Alliance
from rongtong.facts.snapshot import Snapshot
from rongtong.identity import normalise_column, shipped
from rongtong.lists import near

BOUNDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
Rows = list[dict[str, str]]


class Row(NamedTuple):
    """A row that is none, what it is called, and the firm (normalised names) that should be told."""

    called: str
    wanted: frozenset[str]
    group: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    registry, mentions, pairs = (_read(folder / f"{name}.csv") for name in ("registry", "mentions", "pairs"))
    stock = [row for at, row in enumerate(registry) if at % 3]
    with tempfile.TemporaryDirectory() as place:
        none = _none(_settled(Path(place), stock), mentions)
    rows = _grouped(none, mentions, {row["eid"]: row["name"] for row in stock}, _made_from(pairs, registry))
    for line in _table(rows, _normalised([row["name"] for row in stock])):
        print("| " + " | ".join(line) + " |")


def _read(file: Path) -> Rows:
    with file.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def _normalised(names: list[str]) -> pa.Array:
    return normalise_column(pa.array(names, pa.string()))


def _settled(folder: Path, stock: Rows) -> Snapshot:
    table = folder / "企业.csv"
    table.write_text("\n".join(["企业名称,所属区市", *(f"{row['name']}," for row in stock)]) + "\n", encoding="utf-8")
    alliance = Alliance.open(folder / "home", create=True)
    alliance.import_file(table, date="2022-06-30", year=2021)
    return alliance.settle()


def _none(snapshot: Snapshot, mentions: Rows) -> list[tuple[int, str]]:
    """The mentions that the registry does not hold: where they stand, and what they are called."""
    names = pa.array([row["mention"] for row in mentions])
    row = pa.array(range(len(mentions)), pa.int32())
    found = lists.compare(pa.table({"row": row, "name": names, "uscc": pa.nulls(len(mentions), pa.string())}), snapshot)
    return [(one["row"], one["called"]) for one in found.to_pylist() if one["outcome"] == "none"]


def _made_from(pairs: Rows, registry: Rows) -> dict[str, set[str]]:
    """Of each name the firms of the registry with which it was paired as another firm's."""
    eid_of = {row["name"]: row["eid"] for row in registry}
    found: dict[str, set[str]] = defaultdict(set)
    for row in pairs:
        for name, other in ((row["name_a"], row["name_b"]), (row["name_b"], row["name_a"])):
            if row["label"] == "0" and other in eid_of:
                found[name].add(eid_of[other])
    return found


def _grouped(
    none: list[tuple[int, str]], mentions: Rows, stock: dict[str, str], made_from: dict[str, set[str]]
) -> list[Row]:
    rows = []
    for at, called in none:
        mention, eid = mentions[at]["mention"], mentions[at]["eid"]
        here = [stock[one] for one in ({eid} if eid else made_from[mention]) if one in stock]
        group = ("missed" if eid else "kin") if here else "strangers"
        rows.append(Row(called, frozenset(_normalised(here).to_pylist()), group))
    return rows


def _table(rows: list[Row], names: pa.Array) -> list[list[str]]:
    of = {group: [row for row in rows if row.group == group] for group in ("missed", "kin", "strangers")}
    head = ["bound", *(f"{group} ({len(own):,})" for group, own in of.items()), "helped − troubled"]
    asked, stock = pa.array(sorted({row.called for row in rows})), names.unique().sort()
    return [head, ["---"] * 5, *(_line(bound, _told(asked, stock, bound), of) for bound in BOUNDS)]


def _told(asked: pa.Array, stock: pa.Array, bound: float) -> dict[str, list[str]]:
    pairs, _compared = near.near_names(asked, stock, shipped(), bound)
    told: dict[str, list[str]] = defaultdict(list)
    for one in pairs.sort_by([("head", "descending"), ("near", "descending")]).to_pylist():
        told[one["asked"]].append(one["name"])
    return {name: others[: near.MOST] for name, others in told.items()}


def _line(bound: float, told: dict[str, list[str]], of: dict[str, list[Row]]) -> list[str]:
    missed, kin = ([not row.wanted.isdisjoint(told.get(row.called, ())) for row in of[g]] for g in ("missed", "kin"))
    strangers = [row.called in told for row in of["strangers"]]
    shares = [sum(own) / max(1, len(own)) for own in (missed, kin, strangers, missed + kin)]
    return [f"{bound:.2f}", *(f"{share:.1%}" for share in shares[:3]), f"{shares[3] - shares[2]:.3f}"]


if __name__ == "__main__":
    main()
