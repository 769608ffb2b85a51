"""Needs and offers of the portal judged by the hard constraints of the engine.

Both halves of a need are judged. What follows from the private one is told to nobody who does not read that half.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.match.candidates import sift
from rongtong.match.constraints import NO, judge
from rongtong.match.holds import Day, excluded
from rongtong.match.schema import OFFERS
from rongtong.portal.days import today
from rongtong.portal.introductions.rows import Row, disclosed, excludes_of, known_of, need_of, offers_of, table_of
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, followed
from rongtong.portal.registry.rules import firm_of

#: What is judged of a need by what its firm does not tell.
PRIVATE = frozenset({"excluded", "quantity"})
#: An offer as it was found: its row, and how well it answers.
FOUND = pa.schema([("need", pa.string()), ("offer", pa.string()), ("score", pa.float64()), ("relevance", pa.float64())])


def secrets_of(need: Posting) -> frozenset[str]:
    """The constraints on *need* that follow from its private half."""
    return PRIVATE if need.budget is not None else PRIVATE | {"budget"}


def candidates(need: Row, offers: pa.Table, found: pa.Table) -> list[Row]:
    """The firms of *found* (:data:`FOUND`) that no constraint rules out: those first of which most is known to hold,
    among them those that answer best. Columns of :data:`~rongtong.match.candidates.CANDIDATES`.

    What an offer keeps private rules it out, and does nothing else: of those that are left nobody can tell, not even
    by their order, of whom such figures are known.
    """
    kept = _sifted(need, offers, found)
    left = found.filter(pc.is_in(found["offer"], pa.array([one["offer"] for one in kept], pa.string())))
    open_ = pa.Table.from_pylist(list(map(disclosed, offers.to_pylist())), OFFERS)
    shown = _sifted(need, open_, left)
    return sorted(shown, key=lambda one: (-likely(one), one["place"]))


def likely(candidate: Row) -> float:
    """How likely the open constraints of a candidate are found to hold."""
    return float(round(candidate["success"] / candidate["relevance"], 9))


def _sifted(need: Row, offers: pa.Table, found: pa.Table) -> list[Row]:
    rows: list[Row] = sift(table_of(need), offers, found, Day(today()), found.num_rows).candidates.to_pylist()
    return rows


def answers(need: Row, offers: list[Row]) -> list[dict[str, int]]:
    """The answer of every constraint for each of *offers*, as the engine's codes."""
    if not offers:
        return []
    pairs = np.zeros(len(offers), np.int64), np.arange(len(offers))
    told = judge(table_of(need), pa.Table.from_pylist(offers, OFFERS), pairs, Day(today()))
    return [{name: int(codes[at]) for name, codes in told.items()} for at in range(len(offers))]


def may_answer(need: Posting, firm: Firm) -> bool:
    """Whether something that *firm* offers today, or what is known of it, misses nothing that *need* requires."""
    told = offers_of({firm.id}).to_pylist() or [*known_of({firm.id}).values()]
    return not told or any(NO not in codes.values() for codes in answers(need_of(need), told))


def apart(need: Posting, firm: Firm) -> bool:
    """Whether the firm of *need*, or *firm*, wants not to be introduced to the other."""
    return avoids(need, firm) or firm.id in avoiding(need)


def avoiding(need: Posting) -> set[str]:
    """The firms that want not to be introduced to the firm of *need*, as they say in an offer that stands."""
    buyer = by_id([need.firm]).get(need.firm)
    if buyer is None:
        return set()
    said = Posting.objects.standing().filter(side=Posting.Side.OFFER, private_half__isnull=False)
    told = said.exclude(private_half__excludes=[]).select_related("private_half")
    asked, day = {"excludes": None, "name": buyer.name}, Day(today())
    left_out = [one for one in told if excluded(asked, {"excludes": excludes_of(one), "name": None}, day) is False]
    return {firm_of(one) for one in followed(left_out)}


def avoids(need: Posting, firm: Firm) -> bool:
    """Whether the firm of *need* wants not to be introduced to *firm*."""
    private = getattr(need, "private_half", None) or PrivateHalf()
    told = {"excludes": private.excludes, "name": None}, {"excludes": None, "name": firm.name}
    return excluded(*told, Day(today())) is False
