"""Firms that stand twice, where several fields exist: ours beside Splink 5 with the same fields, on a made-up registry.

    python benchmarks/identity_fields.py [--firms N] [--seed S] [--peers]

Both give likelihoods of pairs; the threshold is chosen in each one's favour, and 0.5 stands beside it. What a pair of
entries is made from is told by ``tools/made_registry.py``. Calibration is what was promised and what was kept.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from identity_fields_splink import splink_duplicates
from made_registry import Made, registry
from rongtong.identity import shipped
from rongtong.identity.duplicates import duplicates

_LEAST = 0.01
_BINS = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0001)


class Pairs(NamedTuple):
    """Pairs of rows, the left one the lesser, and how likely each is one firm."""

    left: np.ndarray
    right: np.ndarray
    likely: np.ndarray


def main(arguments: list[str] | None = None) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--peers", action="store_true", help="Splink beside it")
    given = parser.parse_args(arguments)
    made = registry(given.firms, given.seed)
    of = np.bincount(made.firm)
    print(f"{made.table.num_rows:,} entries of {len(of):,} firms; {twice(made):,} pairs are one firm")
    show("ours", made, lambda: ours(made))
    if given.peers:
        show("Splink", made, lambda: splink_duplicates(made.table))


def twice(made: Made) -> int:
    """How many pairs of entries are one firm."""
    of = np.bincount(made.firm)
    return int((of * (of - 1) // 2).sum())


def ours(made: Made) -> Pairs:
    """What :func:`duplicates` tells."""
    found = duplicates(made.table, shipped()._replace(ask=_LEAST))
    return Pairs(*(found[name].to_numpy() for name in ("left", "right", "likely")))


def show(who: str, made: Made, work: Callable[[], Any]) -> None:
    """Print how right, how sure and how fast it is."""
    start = time.perf_counter()
    found = work()
    if isinstance(found, str):
        print(f"{who}: {found}")
        return
    seconds = time.perf_counter() - start
    pairs = Pairs(*found)
    right = made.firm[pairs.left] == made.firm[pairs.right]
    bounds = np.unique(np.quantile(pairs.likely, np.linspace(0, 1, 1000)))
    _best, at = max((scores(pairs.likely, right, one, twice(made)), one) for one in bounds)
    print(f"{who}: {seconds:.1f} s; {right.sum() / twice(made):.4f} of the pairs are among {len(right):,} candidates")
    for name, bound in (("best", at), ("at 0.5", 0.5)):
        f1, precision, recall = scores(pairs.likely, right, bound, twice(made))
        print(f"  {name:6} (≥ {bound:.4f})  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")
    calibration(pairs.likely, right)


def scores(likely: np.ndarray, right: np.ndarray, bound: float, there: int) -> tuple[float, float, float]:
    """F1, precision and recall of the pairs from *bound* on."""
    said = likely >= bound
    hits = int(right[said].sum())
    precision, recall = hits / max(1, int(said.sum())), hits / max(1, there)
    return 2 * hits / max(1, int(said.sum()) + there), precision, recall


def calibration(likely: np.ndarray, right: np.ndarray) -> None:
    """What was promised and what was kept, by how likely pairs were said to be."""
    place = np.digitize(likely, _BINS) - 1
    off = 0.0
    for at in range(len(_BINS) - 1):
        here = place == at
        if here.any():
            promised, kept = likely[here].mean(), right[here].mean()
            off += here.mean() * abs(promised - kept)
            print(
                f"  {_BINS[at]:.2f}–{min(_BINS[at + 1], 1):.2f}  {here.sum():7,}  promised {promised:.3f}  "
                f"kept {kept:.3f}"
            )
    print(f"  mean error of likelihoods {off:.4f}, Brier {((likely - right) ** 2).mean():.4f}")


if __name__ == "__main__":
    main()
