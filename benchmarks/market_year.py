"""A scripted market of a year: contracts won, and whose, when introductions are made in four ways. Nothing is real.

    python benchmarks/market_year.py [--seeds 20] [--firms 300] [--needs 12 24]

Agents have a hidden true fit: needs and firms are points in a space of skills, and a contract follows with a
probability that falls with their distance. Nobody sees it. All ways see the same noisy score, which flatters firms
that are well known, as searches do, and the same estimate of success, calibrated beforehand on pairs of another seed.
Needs arrive weekly, ask for three firms, and stay open for eight weeks. A firm has so many talks at once (small ones
one or two, larger ones two to four); a talk takes four to ten weeks, then there is a contract or none; a need signs
once, and its other talks end then. An introduction to a firm that has no free place gets no answer, and the place is
lost for two weeks.

* first come: of the fifty firms of the best score those apply that have a free place; the quicker come first, and
  larger firms are quicker (they have people for it);
* top 3: the best three by score, whatever the firms can bear;
* top 3 free: the same among firms with a free place, need by need in the order of arrival;
* ours: all open needs of the week at once, by ``rongtong.match.assign`` with capacities, floor, and a small spread.

With twelve needs a week about half of all places are free, with twenty-four they are scarce: only then does it matter
which need gets whom. Every seed is a market of its own in which all four are tried; intervals are 95 % by bootstrap
over seeds, those of differences paired.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rongtong.match.assign import assign

WEEKS, OPEN, WANTED, SHOWN, SPREAD = 52, 8, 3, 50, 0.005
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass
class World:
    """Firms and needs with what is hidden (*fit*) and what is seen (*success*, the estimate from the score)."""

    arrives: Ints
    small: npt.NDArray[np.bool_]
    capacity: Ints
    quick: Floats
    fit: Floats
    success: Floats

    def shown(self, need: int) -> Ints:
        """The firms that a search shows for a need, the best first."""
        return np.argsort(-self.success[need], kind="stable")[:SHOWN]


def world(seed: int, firms: int, weekly: int) -> World:
    chance = np.random.default_rng(seed)
    arrives = np.repeat(np.arange(WEEKS), chance.poisson(weekly, WEEKS))
    small = chance.random(firms) < 0.8
    known = np.where(small, chance.gamma(1.0, 0.5, firms), chance.gamma(3.0, 0.6, firms))
    skills, asked = chance.normal(size=(firms, 4)), chance.normal(size=(len(arrives), 4))
    distance = np.linalg.norm(asked[:, None, :] - skills[None, :, :], axis=2)
    fit = 0.6 / (1 + np.exp(3 * (distance - 1.4)))
    score = -distance + chance.normal(0, 0.45, distance.shape) + 0.25 * known
    capacity = np.where(small, chance.integers(1, 3, firms), chance.integers(2, 5, firms))
    quick = np.where(small, 1.0, 3.0) * chance.gamma(2.0, 1.0, firms)
    return World(arrives, small, capacity, quick, fit, calibrated(score))


def calibrated(score: Floats) -> Floats:
    """The fit to expect of a score, never less for a better one."""
    seen, mean = lesson()
    expected: Floats = np.interp(score, seen, mean)
    return expected


@cache
def lesson() -> tuple[Floats, Floats]:
    """Scores and their mean fit, a thousand pairs each, from a market that is used for nothing else."""
    chance, pairs = np.random.default_rng(999), 200_000
    distance = np.linalg.norm(chance.normal(size=(pairs, 4)) - chance.normal(size=(pairs, 4)), axis=1)
    known = np.where(chance.random(pairs) < 0.8, chance.gamma(1.0, 0.5, pairs), chance.gamma(3.0, 0.6, pairs))
    seen = -distance + chance.normal(0, 0.45, pairs) + 0.25 * known
    fit = 0.6 / (1 + np.exp(3 * (distance - 1.4)))
    order = np.argsort(seen)
    means = fit[order].reshape(-1, 1_000).mean(axis=1)
    return seen[order].reshape(-1, 1_000).mean(axis=1), np.maximum.accumulate(means)


@dataclass
class Year:
    """The state of one way through the year: talks under way by need and firm, each with the week it ends."""

    world: World
    chance: np.random.Generator
    talks: dict[tuple[int, int], int] = field(default_factory=dict)
    tried: dict[int, set[int]] = field(default_factory=dict)
    lost: list[tuple[int, int]] = field(default_factory=list)
    signed: dict[int, int] = field(default_factory=dict)
    introduced: int = 0
    unanswered: int = 0

    def free(self) -> Ints:
        """The free places of each firm."""
        busy = np.bincount([firm for _need, firm in self.talks], minlength=len(self.world.capacity))
        return self.world.capacity - busy

    def places(self, need: int, week: int) -> int:
        """How many firms a need still wants."""
        taken = sum(one == need for one, _firm in self.talks) + sum(one == need for one, end in self.lost if end > week)
        return WANTED - taken

    def open(self, week: int) -> list[int]:
        """The needs that still want firms, in the order of arrival."""
        here = np.flatnonzero((self.world.arrives <= week) & (self.world.arrives > week - OPEN)).tolist()
        return [need for need in here if need not in self.signed and self.places(need, week) > 0]

    def introduce(self, need: int, firm: int, week: int) -> None:
        """Bring a firm to a need; one without a free place does not answer."""
        self.introduced += 1
        self.tried.setdefault(need, set()).add(firm)
        if self.free()[firm] > 0:
            self.talks[need, firm] = week + int(self.chance.integers(4, 11))
        else:
            self.unanswered += 1
            self.lost.append((need, week + 2))

    def end(self, week: int) -> None:
        """Talks that are due end; the first that succeeds signs, and ends the need's other talks."""
        for need, firm in sorted(pair for pair, end in self.talks.items() if end <= week):
            if (need, firm) not in self.talks:
                continue
            del self.talks[need, firm]
            if self.chance.random() < self.world.fit[need, firm]:
                self.signed[need] = firm
                self.talks = {pair: end for pair, end in self.talks.items() if pair[0] != need}


Way = Callable[[Year, list[int], int], None]


def first_come(year: Year, needs: list[int], week: int) -> None:
    for need in needs:
        shown = year.world.shown(need)
        here = [firm for firm in shown if year.free()[firm] > 0 and firm not in year.tried.get(need, ())]
        weight = year.world.quick[here]
        size = min(year.places(need, week), len(here))
        for firm in year.chance.choice(here, size, replace=False, p=weight / weight.sum()) if size else ():
            year.introduce(need, int(firm), week)


def top(year: Year, needs: list[int], week: int, *, free: bool = False) -> None:
    for need in needs:
        for firm in year.world.shown(need).tolist():
            if year.places(need, week) <= 0:
                break
            if firm not in year.tried.get(need, ()) and (not free or year.free()[firm] > 0):
                year.introduce(need, firm, week)


def top_free(year: Year, needs: list[int], week: int) -> None:
    top(year, needs, week, free=True)


def ours(year: Year, needs: list[int], week: int) -> None:
    arcs = [
        (need, firm, float(year.world.success[need, firm]))
        for need in needs
        for firm in year.world.shown(need).tolist()
        if firm not in year.tried.get(need, ())
    ]
    if not arcs:
        return
    columns = [pa.array(column) for column in zip(*arcs, strict=True)]
    room = {firm: int(free) for firm, free in enumerate(year.free().tolist())}
    wanted = {need: year.places(need, week) for need in needs}
    table = pa.table(columns, names=["need", "firm", "success"])
    for row in assign(table, room, wanted, spread=SPREAD).table.to_pylist():
        year.introduce(row["need"], row["firm"], week)


WAYS: dict[str, Way] = {"first come": first_come, "top 3": top, "top 3 free": top_free, "ours": ours}


class Told(NamedTuple):
    contracts: float
    small: float
    firms: float
    introductions: float
    unanswered: float


def run(seed: int, way: Way, firms: int, weekly: int) -> Told:
    here = world(seed, firms, weekly)
    year = Year(here, np.random.default_rng(seed + 10_000))
    for week in range(WEEKS + 11):
        year.end(week)
        way(year, year.open(week), week)
    winners = list(year.signed.values())
    share = float(here.small[winners].mean()) if winners else 0.0
    return Told(len(winners), share, len(set(winners)), year.introduced, year.unanswered)


def interval(values: Floats) -> tuple[float, float]:
    """95 % of the mean, by bootstrap over seeds."""
    drawn = np.random.default_rng(0).choice(values, (4_000, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def show(found: dict[str, Floats]) -> None:
    print(f"{'':12}{'contracts a year':>26}{'to small firms':>24}{'firms':>7}{'introductions':>15}{'unanswered':>12}")
    for name, told in found.items():
        (low, high), (least, most) = interval(told[:, 0]), interval(told[:, 1])
        mean = told.mean(axis=0)
        contracts = f"{mean[0]:.1f} [{low:.1f}, {high:.1f}]"
        small = f"{mean[1]:.1%} [{least:.1%}, {most:.1%}]"
        print(f"{name:12}{contracts:>26}{small:>24}{mean[2]:7.0f}{mean[3]:15,.0f}{mean[4]:12,.0f}")
    for name in list(found)[:-1]:
        gain = found["ours"][:, 0] - found[name][:, 0]
        low, high = interval(gain)
        print(f"ours less {name}: {gain.mean():+.1f} contracts [{low:+.1f}, {high:+.1f}]")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seeds", type=int, default=20)
    asked.add_argument("--firms", type=int, default=300)
    asked.add_argument("--needs", type=int, nargs="+", default=[12, 24], help="a week; each is a market of its own")
    given = asked.parse_args()
    seeds = range(1, given.seeds + 1)
    for weekly in given.needs:
        print(f"{given.firms} firms, {weekly} needs a week, {given.seeds} seeds")
        show({name: np.array([run(seed, way, given.firms, weekly) for seed in seeds]) for name, way in WAYS.items()})


if __name__ == "__main__":
    main()
