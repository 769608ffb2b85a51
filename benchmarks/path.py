"""The cheapest path of one firm at a time, as a page asks for it: the first of a process, and the others.

    rongtong demo --out FOLDER && python benchmarks/path.py FOLDER/home [--firms 60]

For each rulebook so many firms, spread over the alliance, are asked for their path on the day of application and on the
same day of each of the next three years (``rongtong path``). Beside it the same firms judged alone and told clause by
clause (``rongtong explain``): a path judges its firm more than once a day.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np

from rongtong import facts, qualify
from rongtong.qualify.path_answer import Paths
from rongtong.qualify.paths import path

RULEBOOKS = ("cn/srdi-sme", "cn/innovative-sme", "cn/little-giant", "cn/technology-sme", "cn/size-class")
T = TypeVar("T")


def clocked(act: Callable[[str], T], firms: list[str]) -> tuple[list[float], list[T]]:
    """Seconds of each call, and what it gave."""
    seconds, found = [], []
    for firm in firms:
        start = time.perf_counter()
        found.append(act(firm))
        seconds.append(time.perf_counter() - start)
    return seconds, found


def line(name: str, what: str, seconds: list[float], told: str = "") -> str:
    first, rest = seconds[0], np.array(seconds[1:])
    p50, p95 = np.percentile(rest, [50, 95])
    return f"{name:18} {what:8} {first:>7.2f} {p50:>7.2f} {p95:>7.2f} {rest.max():>7.2f}   {told}"


def outcomes(found: Iterable[Paths]) -> str:
    """How many of the paths there are, how many by waiting alone, and how many days have none."""
    days = [one for each in found for one in each.paths]
    possible, waiting = sum(one.possible for one in days), sum(one.waiting for one in days)
    return f"{possible - waiting} / {waiting} / {len(days) - possible}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--firms", type=int, default=60)
    given = parser.parse_args()
    snapshot = facts.Alliance.open(given.home).settle()
    with snapshot.connect() as connection:
        every = [firm for (firm,) in connection.execute("SELECT firm FROM firms ORDER BY n").fetchall()]
    asked = [every[at] for at in np.linspace(0, len(every) - 1, given.firms).astype(int)]
    print(
        f"{'rulebook':18} {'':8} {'first':>7} {'p50':>7} {'p95':>7} {'most':>7}   paths by acting / by waiting / none"
    )
    for book in RULEBOOKS:
        print(line(book, "explain", clocked(lambda firm, book=book: qualify.explain(snapshot, book, firm), asked)[0]))
        seconds, found = clocked(lambda firm, book=book: path(snapshot, book, firm), asked)
        print(line(book, "path", seconds, outcomes(found)), flush=True)


if __name__ == "__main__":
    main()
