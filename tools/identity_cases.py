"""Pairs of names that are and are not one firm, made up, for training what tells them apart."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa

from made_firms import Firm, branch, business, daughter, firms, places, trade_name
from noise import TEXT, written
from rongtong.identity import normalise
from rongtong.identity.candidates import nearest

#: How many the trees that come with the program are trained on, and what they are drawn from.
CASES, SEED = 120_000, 7
_SAME = {
    "mixed": 0.25, "listed": 0.2, "called": 0.06, "typo": 0.06, "scan": 0.06, "dropped": 0.06,
    "space": 0.04, "note": 0.05, "traditional": 0.05, "no_region": 0.05, "more_region": 0.04, "no_form": 0.06,
    "other_form": 0.05, "no_brackets": 0.02,
}  # fmt: skip
_OTHER = {
    "neighbour": 0.27, "daughter": 0.13, "branch": 0.06, "other_region": 0.1, "other_business": 0.1,
    "other_trade": 0.09, "other_listed": 0.21, "other_called": 0.04,
}  # fmt: skip


class Case(NamedTuple):
    """Two names, whether they are one firm, and how the second was made."""

    a: str
    b: str
    same: bool
    kind: str


def cases(count: int, seed: int) -> list[Case]:
    """*count* pairs, as many that are one firm as are not, and the same slips in both."""
    chance = random.Random(seed)  # noqa: S311 -- a seeded draw
    made = firms(max(count // 4, 50), chance)
    every = [*_one(made, count // 2, chance), *_two(made, count // 2, chance)]
    return [one if chance.random() < 0.5 else one._replace(a=one.b, b=one.a) for one in every]


def drawn(made: Sequence[Case]) -> str:
    """What tells *made* from other cases."""
    return hashlib.sha256("\n".join(f"{case.a}\t{case.b}\t{case.same}" for case in made).encode()).hexdigest()[:16]


def listed(made: list[Firm]) -> list[Firm]:
    """Those that an exchange may list: joint-stock companies."""
    return [firm for firm in made if firm.form.startswith("股份")]


def _one(made: list[Firm], count: int, chance: random.Random) -> Iterator[Case]:
    of_shares = listed(made)
    for kind in chance.choices(list(_SAME), list(_SAME.values()), k=count):
        firm = chance.choice(of_shares if kind == "listed" else made)
        yield Case(firm.name(), written(firm, kind, chance), same=True, kind=kind)


def _two(made: list[Firm], count: int, chance: random.Random) -> Iterator[Case]:
    kinds = chance.choices(list(_OTHER), list(_OTHER.values()), k=count)
    of_shares = listed(made)
    asked = [(chance.choice(of_shares if kind == "other_listed" else made), kind) for kind in kinds]
    near = iter(_neighbours(made, [(firm, kind) for firm, kind in asked if kind in _NEAR], chance))
    for firm, kind in asked:
        pair = next(near) if kind in _NEAR else (firm.name(), _changed(firm, kind, chance))
        if pair is not None and normalise(pair[0]) != normalise(pair[1]):
            yield Case(pair[0], _slipped(pair[1], chance), same=False, kind=kind)


_NEAR = {"neighbour": "", "other_listed": "listed", "other_called": "called"}


def _changed(firm: Firm, kind: str, chance: random.Random) -> str:
    if kind in ("daughter", "branch"):
        return daughter(firm, chance) if kind == "daughter" else branch(firm, chance)
    changed = {
        "other_region": firm._replace(region=_another(firm.region, chance)),
        "other_business": firm._replace(business=business(chance)),
        "other_trade": firm._replace(trade=trade_name(chance)),
    }[kind]
    return (
        changed.name() if chance.random() < 0.6 else written(changed, chance.choice(("no_form", "other_form")), chance)
    )


def _another(region: str, chance: random.Random) -> str:
    return next(one for one in iter(lambda: chance.choice(places()), None) if one != region)


def _slipped(text: str, chance: random.Random) -> str:
    return TEXT[chance.choice(list(TEXT))](text, chance) if chance.random() < 0.4 and len(text) > 3 else text


def _neighbours(
    made: list[Firm], asked: list[tuple[Firm, str]], chance: random.Random
) -> Iterator[tuple[str, str] | None]:
    """For each asked firm, as written or as called, one of the nearest names of other firms."""
    names = sorted({normalise(firm.name()) for firm in made})
    said = [written(firm, _NEAR[kind], chance) if _NEAR[kind] else firm.name() for firm, kind in asked]
    found = nearest(pa.array([normalise(text) for text in said]), pa.array(names), top=8, floor=0.1)
    close: dict[int, list[str]] = {}
    for at, name in zip(found["asked"].to_pylist(), found["name"].to_pylist(), strict=True):
        if names[name] != normalise(asked[at][0].name()):
            close.setdefault(at, []).append(names[name])
    for at, text in enumerate(said):
        yield (chance.choice(close[at]), text) if at in close else None
