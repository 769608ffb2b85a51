"""How long a column of 1,000,000 cells takes to read: ``python benchmarks/read_values.py``."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pyarrow as pa

from rongtong.facts.reading.values import ValueSpec, read_column

CELLS, RUNS = 1_000_000, 3
ODD = ["—", "约300万", "无", "（123）", "１２０", "1.2亿"]
MONEY = ValueSpec(type="money", unit="万元", minimum=0)


def columns(chance: random.Random) -> dict[str, tuple[Callable[[float], str], ValueSpec]]:
    """How each cell is written from an amount, and what the column holds; most texts differ from all others."""
    return {
        "money, plain": ("{:.2f}".format, MONEY),
        "money, doubles with all digits": (repr, MONEY),
        "money, grouped": ("{:,.2f}".format, MONEY),
        "money, unit in the cell": ("{:.2f}万元".format, ValueSpec(type="money")),
        "money, 5 % odd": (lambda a: chance.choice(ODD) if chance.random() < 0.05 else f"{a:.2f}", MONEY),
        "money, no unit anywhere": ("{:.2f}".format, ValueSpec(type="money")),
        "people": ("{:.0f}".format, ValueSpec(type="integer", own_unit="人", minimum=0)),
        "share, fractions": (lambda _: repr(chance.random()), ValueSpec(type="ratio", minimum=0, maximum=1)),
        "share, written %": (lambda _: f"{100 * chance.random():.2f}%", ValueSpec(type="ratio")),
        "date": (lambda _: f"{chance.randint(1990, 2022)}-{chance.randint(1, 12):02}-15", ValueSpec(type="date")),
        "code": (lambda _: f"9137{chance.randrange(10**7):07}MA3C12X", ValueSpec(type="code")),
        "name": (lambda _: f"青岛{chance.randrange(10**9)}科技发展有限公司", ValueSpec(type="text")),
    }


def measure(texts: pa.Array, spec: ValueSpec) -> str:
    seconds, reported = [], 0
    for _run in range(RUNS):
        start = time.perf_counter()
        reported = read_column(texts, spec).problems.num_rows
        seconds.append(time.perf_counter() - start)
    return f"best {min(seconds):5.2f} s   first {seconds[0]:5.2f} s   {reported:9,} reported"


def main() -> None:
    chance = random.Random(1)
    amounts = [chance.lognormvariate(8, 1) for _ in range(CELLS)]
    for name, (write, spec) in columns(chance).items():
        print(f"{name:32}", measure(pa.array(map(write, amounts)), spec))


if __name__ == "__main__":
    main()
