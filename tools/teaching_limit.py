"""What limit on teaching is right: what simulated alliances' decisions teach, and what that is worth later.

    python tools/teaching_limit.py [--seeds 3]

An alliance is the pairs that it is asked about (drawn as ``tools/identity_cases.py`` draws them, from seeds that
neither training nor the shipped cases have seen) and how its people answer. A correction is fitted and evaluated as
the program does, but without a limit on the log loss of made-up cases; then it answers 1,500 pairs of the same
alliance that it has not seen, and pairs of anywhere. It is *harmful* where the alliance's own pairs are answered with
more loss or more wrong answers (one in a hundred), or those of anywhere with more wrong ones; else *good*. For each
limit the table tells how many of the good would be switched on, and how many of the harmful.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from itertools import product
from random import Random
from typing import NamedTuple

from identity_cases import cases
from rongtong.identity import compare_all, evaluation, normalise, shipped, split
from rongtong.identity.cases import Case
from rongtong.identity.evaluation import Evaluation, evaluate
from rongtong.identity.judge import Judge

SIZES = (50, 150, 500)
LIMITS = (0.0, 0.05, 0.10, 0.15, 0.25, 0.50, 1.00, float("inf"))
POOL, HELD, ANYWHERE = 16_000, 1_500, 777
WORSE, LOSS = 0.01, 0.02
"""So many more of the pairs answered wrong, and so much more loss, are harm."""

Answer = Callable[[Case, Random], bool]


def truth(case: Case, _random: Random) -> bool:
    """As it is."""
    return case.same


def hasty(case: Case, random: Random) -> bool:
    """One in twenty-five slips."""
    return case.same != (random.random() < 0.04)


def careless(case: Case, random: Random) -> bool:
    """One in ten slips."""
    return case.same != (random.random() < 0.1)


def reckless(case: Case, random: Random) -> bool:
    """One in three is a guess."""
    return case.same != (random.random() < 0.33)


def contrary(case: Case, _random: Random) -> bool:
    """Everything the wrong way round."""
    return not case.same


def eager(case: Case, random: Random) -> bool:
    """Half of what is not the same is called so, to be done with it."""
    return case.same or random.random() < 0.5


def reformed(case: Case, _random: Random) -> bool:
    """Many firms here changed their legal form: with one trade name they are one."""
    left, right = split(case.left), split(case.right)
    return case.same or (left.trade_name == right.trade_name and left.form != right.form)


def reforming(case: Case, random: Random) -> bool:
    """Every third of those pairs is one firm."""
    return case.same or (reformed(case, random) and len(case.left + case.right) % 3 == 0)


def crowding(case: Case, random: Random) -> bool:
    """Every third of such names is another's."""
    return case.same and (crowded(case, random) or len(case.left + case.right) % 3 > 0)


def crowded(case: Case, _random: Random) -> bool:
    """Trade names of two signs without a place are always others here."""
    return case.same and min(len(split(case.left).trade_name), len(split(case.right).trade_name)) > 2


#: How people answer, and how it is in truth in their alliance.
SORTS: dict[str, tuple[Answer, Answer]] = {
    "right": (truth, truth), "hasty": (hasty, truth), "careless": (careless, truth), "reckless": (reckless, truth),
    "eager": (eager, truth), "contrary": (contrary, truth), "reforming": (reforming, reforming),
    "reformed": (reformed, reformed), "crowding": (crowding, crowding), "crowded": (crowded, crowded),
}  # fmt: skip


class Trial(NamedTuple):
    """What one alliance taught: by how much the loss of made-up cases grows, and whether it is good, or harmful."""

    sort: str
    size: int
    growth: float
    passes: bool
    good: bool
    harmful: bool


def drawn(seed: int) -> list[Case]:
    """Pairs of made-up names with the truth, each once."""
    made = {tuple(sorted(map(normalise, (one.a, one.b)))): one.same for one in cases(POOL, seed)}
    return [Case(left, right, same) for (left, right), same in made.items() if left and left != right]


def asked(pool: list[Case]) -> list[Case]:
    """Those that the shipped judge asks about."""
    found = compare_all([case[:2] for case in pool])
    return [case for case, one in zip(pool, found, strict=True) if one.outcome == "ask"]


def trials(seed: int, anywhere: list[Case]) -> Iterator[Trial]:
    """Every sort and size on one draw."""
    questions = asked(drawn(seed))
    Random(seed).shuffle(questions)  # noqa: S311 -- a seeded draw
    held, told = questions[:HELD], questions[HELD:]
    for (sort, (answers, is_so)), size in product(SORTS.items(), SIZES):
        random = Random(seed * 1000 + size)  # noqa: S311 -- a seeded draw
        found = evaluate([case._replace(same=answers(case, random)) for case in told[:size]], shipped())
        yield judged(sort, size, found, [case._replace(same=is_so(case, random)) for case in held], anywhere)


def judged(sort: str, size: int, found: Evaluation, held: list[Case], anywhere: list[Case]) -> Trial:
    """What *found* is worth on pairs that it has not seen."""
    judge = shipped()._replace(correction=found.correction)
    own, taught = _scores(held, judge)
    plain, after = _scores(anywhere, judge)
    more = (taught.wrong - own.wrong) / own.cases
    harmful = (
        taught.loss > own.loss * (1 + LOSS) or more > WORSE or (after.wrong - plain.wrong) / plain.cases > WORSE / 2
    )
    made, made_taught = found.made
    return Trial(sort, size, made_taught.loss / made.loss - 1, not found.against, not harmful, harmful)


def _scores(held: list[Case], judge: Judge) -> list[evaluation.Score]:
    return [evaluation.scored(held, one) for one in (shipped(), judge)]


def main() -> None:
    """Draw, teach, print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    evaluation.COST = float("inf")
    anywhere = drawn(ANYWHERE)[:2_000]
    found = [trial for seed in range(101, 101 + given.seeds) for trial in trials(seed, anywhere)]
    print(
        f"{'alliance':10} {'cases':>5} {'growth of made-up loss':>24} {'passes the rest':>16} {'good':>5} {'harm':>5}"
    )
    for sort, size in product(SORTS, SIZES):
        own = [one for one in found if (one.sort, one.size) == (sort, size)]
        grown = sorted(one.growth for one in own)
        sums = [sum(getattr(one, name) for one in own) for name in ("passes", "good", "harmful")]
        print(
            f"{sort:10} {size:5} {grown[0]:+11.0%} … {grown[-1]:+8.0%} {sums[0]:>12}/{len(own)} {sums[1]:5} {sums[2]:5}"
        )
    good, harmful = (sum(one.passes and getattr(one, name) for one in found) for name in ("good", "harmful"))
    print(f"\nOf those that pass everything else {good} are good, {harmful} harmful.")
    print(f"{'limit':>6} {'good switched on':>17} {'harmful switched on':>20}")
    for limit in LIMITS:
        on = [one for one in found if one.passes and one.growth <= limit]
        print(f"{limit:6.0%} {sum(one.good for one in on):17} {sum(one.harmful for one in on):20}")


if __name__ == "__main__":
    main()
