"""Find firms: an index beside a snapshot that answers what people type into a directory.

    from rongtong import search

    index = search.build(snapshot, home / "search" / snapshot.id)   # or search.Index.open(folder)
    index.search("喆昇")                          # any characters that stand side by side in a name
    index.search("zsjm 崂山区")                   # pinyin, its initials; several words must all hold
    index.search("", search.Filters(("专精特新小巨人",), on=date(2022, 10, 31)), limit=20).total
    index.facets("科技").district                 # {"崂山区": 31, …}

``spelling`` makes characters comparable, ``readings`` gives pinyin, ``spells`` makes titles searchable by day,
``documents`` turns a snapshot into columns, ``building`` writes the index, ``queries`` turns words and filters into
query objects, ``index`` ranks and counts, ``reasons`` says why a firm was found.
"""

from rongtong.search.building import build, prune
from rongtong.search.index import Facets, Hit, Hits, Index
from rongtong.search.queries import Filters

__all__ = ["Facets", "Filters", "Hit", "Hits", "Index", "build", "prune"]
