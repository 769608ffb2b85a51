"""Codes, names and linking: how right and how fast.

    python benchmarks/identity.py [PAIRS.csv REGISTRY.csv MENTIONS.csv] [--rows N]

PAIRS has columns name_a, name_b, label (1 the same firm, 0 not); REGISTRY eid, name; MENTIONS mention, eid (empty:
not in the registry). Without files only the speed on made-up firms is measured.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from rongtong.identity import check_column, compare, link, make_column, normalise_column

_SYLLABLES = (
    "海德金泰华恒信达瑞丰盛源通汇博远宏昌力鑫诚安康明正中天宇嘉美佳新东方永兴隆顺凯旋锐捷宝利龙腾飞鹏翔云峰昇喆璟碁"
)
_PLACES = ("青岛", "济南", "烟台", "潍坊", "山东", "青岛市", "威海", "临沂", "淄博", "日照")
_TRADES = (
    "电子",
    "机械",
    "新材料",
    "生物科技",
    "智能装备",
    "化工",
    "食品",
    "软件",
    "模具",
    "环保科技",
    "海洋工程",
    "纺织",
)


def _timed(label: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"{label:44} {time.perf_counter() - start:7.2f} s")
    return result


def _firms(rows: int, rng: np.random.Generator) -> pa.Table:
    syllables = np.array(list(_SYLLABLES))
    marks = syllables[rng.integers(0, len(syllables), (rows, 3))]
    places, trades = rng.integers(0, len(_PLACES), rows), rng.integers(0, len(_TRADES), rows)
    forms = np.where(rng.random(rows) < 0.1, "有限责任公司", "有限公司")
    names = [
        f"{_PLACES[p]}{a}{b}{c}{_TRADES[t]}{form}"
        for p, (a, b, c), t, form in zip(places, marks, trades, forms, strict=True)
    ]
    codes = make_column(["370202"] * rows, np.arange(rows))
    missing = np.zeros(rows, bool)
    missing[rng.choice(rows, rows // 1000, replace=False)] = True
    uscc = pa.array(np.where(missing, None, codes.to_numpy(zero_copy_only=False)), pa.string())
    return pa.table({"mention": [f"m{n:08}" for n in range(rows)], "uscc": uscc, "name": names})


def speed(rows: int) -> None:
    table = _firms(rows, np.random.default_rng(7))
    print(f"\n{rows:,} mentions, 0.1 % without a code")
    _timed("check_column", lambda: check_column(table["uscc"]))
    _timed("normalise_column", lambda: normalise_column(table["name"]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    links = _timed("link", lambda: link(table))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'peak memory of the process (before link)':44} {peak / 1e6:7.2f} GB ({before / 1e6:.2f})")
    why = Counter(links.groups["why"].to_pylist())
    print("why:", dict(why), "questions:", len(links.questions))


def _prf(label: str, right: int, said: int, true: int) -> None:
    p, r = right / max(said, 1), right / max(true, 1)
    print(f"{label:24} P {p:.4f}  R {r:.4f}  F1 {2 * p * r / max(p + r, 1e-12):.4f}")


def pairs(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    start = time.perf_counter()
    seen = Counter((row["label"], compare(row["name_a"], row["name_b"]).outcome) for row in rows)
    print(f"\n{len(rows):,} pairs, {len(rows) / (time.perf_counter() - start):,.0f} a second")
    true = sum(n for (label, _), n in seen.items() if label == "1")
    same = seen["1", "same"], seen["0", "same"]
    either = same[0] + seen["1", "ask"], same[1] + seen["0", "ask"]
    _prf("same", same[0], sum(same), true)
    _prf("same or ask", either[0], sum(either), true)
    print(f"wrong “same”: {same[1]}; questions: {seen['1', 'ask'] + seen['0', 'ask']:,}")


def linkage(registry: Path, mentions: Path) -> None:
    with registry.open(encoding="utf-8") as file:
        firms = [(row["eid"], row["name"]) for row in csv.DictReader(file)]
    with mentions.open(encoding="utf-8") as file:
        said = [(f"m{n:06}", row["mention"], row["eid"]) for n, row in enumerate(csv.DictReader(file))]
    codes = make_column(["370202"] * len(firms), np.arange(len(firms))).to_pylist()
    table = pa.table(
        {
            "mention": [eid for eid, _ in firms] + [mention for mention, *_ in said],
            "uscc": pa.array(codes + [None] * len(said), pa.string()),
            "name": [name for _, name in firms] + [name for _, name, _ in said],
        }
    )
    print(f"\n{len(said):,} mentions against a registry of {len(firms):,}")
    links = _timed("link", lambda: link(table))
    groups = links.groups.to_pydict()
    root = dict(zip(groups["mention"], groups["root"], strict=True))
    asked: dict[str, set[str]] = {}
    for left, right in zip(links.questions["left"].to_pylist(), links.questions["right"].to_pylist(), strict=True):
        asked.setdefault(right, set()).add(left)
        asked.setdefault(left, set()).add(right)
    known = {eid for eid, _ in firms}
    linked = [(root[mention], eid) for mention, _, eid in said if root[mention] in known]
    true = sum(bool(eid) for *_, eid in said)
    _prf("linked", sum(found == eid for found, eid in linked), len(linked), true)
    reached = sum(
        bool(eid) and (root[mention] == eid or eid in asked.get(root[mention], ())) for mention, _, eid in said
    )
    print(f"linked or asked about: recall {reached / true:.4f}; {len(links.questions):,} questions")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    if given.files:
        pairs(given.files[0])
        linkage(given.files[1], given.files[2])
    if given.rows:
        speed(given.rows)


if __name__ == "__main__":
    main()
