"""The directory over generated firms: build time, size, and p50 / p95 of the page's own query, beside its peers.

    python benchmarks/search.py --firms 100000 1000000 [--folder FOLDER]

The page's query is twenty firms in order and their total. Peers answer the same in the same run, each in tier order:
SQLite FTS5 on bigrams, and DuckDB's ``contains`` over all names. They know names alone, so pinyin, initials and the
beginning of a code are ours only. Queries are drawn from the names; each kind has its own. Two threads at most. On a
busy machine the processor time of a query says more than the clock. What stands in FOLDER/<firms> is not built again.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from rongtong.facts.snapshot import Snapshot
from rongtong.search import Filters, Index, build
from search_peers import Contains, Fts5
from search_snapshot import DISTRICTS, INDUSTRIES, Drawn, draw, generate

ON = date(2022, 10, 31)
FILTERS = {"district": DISTRICTS[0], "industry": INDUSTRIES[0]}
TITLE: dict[str, Any] = {"titles": ("省级专精特新",), "on": ON}
Query = Callable[[], Any]


def piece(text: str, size: int, chance: random.Random) -> str:
    at = chance.randrange(max(len(text) - size, 0) + 1)
    return text[at : at + size]


def ours(index: Index, drawn: Drawn, chance: random.Random) -> dict[str, list[Query]]:
    """The queries of each kind."""

    def ask(texts: list[str], **filters: Any) -> list[Query]:
        return [partial(index.search, text, Filters(**filters)) for text in texts]

    texts = {size: [piece(name, size, chance) for name in drawn.names] for size in range(1, 7)}
    spoken = [sound[: chance.randint(2, 16)] for sound in drawn.sounds]
    made = {f"{size} characters": ask(texts[size]) for size in texts}
    made |= {f"{size} characters, 2 filters": ask(texts[size], **FILTERS) for size in (2, 4)}
    made |= {f"{size} characters, title on a day": ask(texts[size], **TITLE) for size in (2, 4)}
    return made | {
        "青岛, 有限公司, 科技": ask(["青岛", "有限公司", "科技"] * 20),
        "pinyin": ask(spoken),
        "pinyin, 2 filters": ask(spoken, **FILTERS),
        "initials": ask([piece(first, chance.randint(2, 6), chance) for first in drawn.initials]),
        "two words": ask([f"{piece(name, 2, chance)} {piece(name, 2, chance)}" for name in drawn.names]),
        "code, its beginning": ask([code[: chance.randint(6, 18)] for code in drawn.codes]),
        "code, its end": ask([code[-chance.randint(4, 8) :] for code in drawn.codes]),
        "2 filters alone": ask([""] * 20, **FILTERS),
        "page 500 of 青岛": [partial(index.search, "青岛", offset=9_980)] * 20,
        "facets, 2 characters": [partial(index.facets, text, Filters(on=ON)) for text in texts[2][:60]],
    }


def peers(snapshot: Snapshot, folder: Path, drawn: Drawn, chance: random.Random) -> Iterator[tuple[str, list[Query]]]:
    """What the peers are asked: substrings with and without filters."""
    texts = {size: [piece(name, size, chance) for name in drawn.names[:60]] for size in (2, 3, 4)}
    for name, made in (("SQLite FTS5 bigrams", Fts5(snapshot, folder)), ("DuckDB contains", Contains(snapshot))):
        print(f"{name}: built in {made.seconds:.1f} s, {made.megabytes:.0f} MB", flush=True)
        for size, own in texts.items():
            yield f"{name}: {size} characters", [partial(made.search, text) for text in own]
        yield f"{name}: 2 characters, 2 filters", [partial(made.search, text, **FILTERS) for text in texts[2]]


def timed(queries: list[Query]) -> tuple[float, float, float]:
    """p50 and p95 in milliseconds, and p95 of processor time, each query once, after a first few."""
    for query in queries[:3]:
        query()
    taken = []
    for query in queries:
        start = time.perf_counter(), time.process_time()
        query()
        taken.append([(time.perf_counter() - start[0]) * 1000, (time.process_time() - start[1]) * 1000])
    wall, spent = zip(*taken, strict=True)
    return float(np.percentile(wall, 50)), float(np.percentile(wall, 95)), float(np.percentile(spent, 95))


def report(kind: str, queries: list[Query]) -> None:
    print(f"  {kind:44} {len(queries):>5} " + " ".join(f"{one:>8.2f}" for one in timed(queries)), flush=True)


def measure(firms: int, folder: Path, asked: int) -> None:
    kept = folder / "snapshot"
    snapshot = Snapshot(kept if kept.is_dir() else generate(kept, firms))
    how = "opened" if (folder / "search").is_dir() else "built"
    start, spent = time.perf_counter(), time.process_time()
    index = build(snapshot, folder / "search")
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    size = sum(file.stat().st_size for file in (folder / "search").rglob("*") if file.is_file()) / 1e6
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    print(f"{firms:,} firms: {how} in {seconds:.1f} s ({spent:.1f} s CPU), {size:.0f} MB (load {load})")
    print(f"  {'kind of query':44} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'p95 CPU':>8}")
    drawn = draw(snapshot, asked)
    for kind, queries in ours(index, drawn, random.Random(1)).items():
        report(kind, queries)
    for kind, queries in peers(snapshot, folder, drawn, random.Random(1)):
        report(kind, queries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-") as temporary:
        for firms in given.firms:
            measure(firms, (given.folder or Path(temporary)) / str(firms), given.queries)


if __name__ == "__main__":
    main()
