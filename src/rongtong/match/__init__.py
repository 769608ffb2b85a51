"""Match: needs and offers → introductions that keep every hard constraint, fair to firms over the whole market.

    from rongtong import match

    needs = match.read("needs.xlsx", "needs")           # .table .problems .counts: every cell accounted for
    offers = match.read("offers.xlsx", "offers")
    matching = match.match(needs.table, offers.table, snapshot)
    matching.table                                      # one row a need and candidate firm
    matching.explain("N1", "O3")                        # why, what speaks against it, what is unknown and whom to ask
    matching.tradeoff                                   # what needs and firms get at each point of fairness

A hard constraint (:mod:`holds`) is true, false or unknown: false is never in a result, unknown is shown with the
question that settles it, and none is traded for score. :func:`assign` is the market's optimum under capacities and
the fairness floor. Needs, offers, model and choices are frozen before a run; :func:`verify` computes it again.
"""

from rongtong.match.assign import Assignment, Floor, assign
from rongtong.match.listing import Listing, read
from rongtong.match.matching import Matching
from rongtong.match.registry import offers_of
from rongtong.match.retriever import Named, Plain, Retriever, asked, offered
from rongtong.match.run import Choices, freeze, match, run
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.match.tradeoff import tradeoff
from rongtong.match.verification import opened, verify

__all__ = [
    "NEEDS", "OFFERS", "Assignment", "Choices", "Floor", "Listing", "Matching", "Named", "Plain", "Retriever",
    "asked", "assign", "freeze", "match", "offered", "offers_of", "opened", "read", "run", "tradeoff", "verify",
]  # fmt: skip
