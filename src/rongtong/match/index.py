"""An index of offers that answers needs: rules first, then retrieval, then re-ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match import model as models
from rongtong.match.asked import Asked, understand
from rongtong.match.corpus import COLUMNS, Corpus
from rongtong.match.encoders import Encoder, Lsa, installed, unit
from rongtong.match.grams import Array
from rongtong.match.graph import Edge, ProductGraph
from rongtong.match.grounds import GROUNDS, Grounds, grounds, makers
from rongtong.match.model import Kind, Model
from rongtong.match.signals import SIGNALS, Need, Scans, fuse, measure, scan
from rongtong.match.writing import spell

TOP = 500
"""So many offers are looked at closely: scores are for order among so many, as the ranker learned it."""
_OWN = 0.3
"""How much of a buyer's own product stays in the direction of what goes into it."""
_CHANGED = 0.1
"""Where a larger share of the offers came or went, what was fitted to them is fitted anew."""
RULES = ("exact", "chain")
#: How likely who lists what the name of the thing wanted ends in (轴承 for 伺服电机用轴承) answers at least. A guess
#: until outcomes tell: in a list of a few offers of which most make it, the learned score of none stands out.
NAMED = 0.1
#: How likely who makes what the thing wanted is made of, or goes into, answers at least, by the weight of the link:
#: worth asking after all others. A guess until outcomes tell.
LINKED = 0.07
#: So many offers at the most are looked at for their links alone.
_LINKS = 100
#: Of what finds and measures; raised when the same offers, vectors and model would be found differently.
VERSION = 5


class Index:
    """Offers ready to be asked; made by :meth:`build`, never changed."""

    def __init__(self, corpus: Corpus, graph: ProductGraph | None, model: Model) -> None:
        self.corpus, self._graph, self._model = corpus, graph, model

    @classmethod
    def build(
        cls,
        offers: pa.Table,
        *,
        encoder: Encoder | None = None,
        graph: ProductGraph | None = None,
        model: Model | None = None,
    ) -> Index:
        """Index *offers*: columns ``id``, ``name``, ``industry`` (path, a list), ``products`` (a list), ``text``.

        *encoder* is the installed model by default, else LSA on the offers themselves; wrap it in
        :class:`rongtong.match.Cached` to compute each vector once. Raises InputError for a table that lacks a column.
        """
        corpus = Corpus(offers, encoder or installed() or _lsa(offers))
        return cls(corpus, graph, model or models.for_encoder(corpus.encoder, len(corpus.products.centre)))

    @property
    def model(self) -> str:
        """All that scores depend on besides offers and graph: this code, whose vectors, what was learned."""
        return f"index-{VERSION} {self.corpus.encoder.name} {self._model.name}"

    def updated(self, offers: pa.Table, *, gone: Sequence[str] = ()) -> Index:
        """An index in which *offers* replace those of the same id, new ones are added and those in *gone* are not.

        It costs what the new offers cost. What was fitted to all offers stays (:meth:`Corpus.updated`), so that it
        answers almost as one built anew; after many changes build anew.
        """
        replaced = pa.array([*offers["id"].to_pylist(), *gone], pa.string())
        kept = pc.invert(pc.is_in(self.corpus.offers["id"].cast(pa.string()), replaced)).to_numpy()
        own = offers.select(self.corpus.offers.column_names).cast(self.corpus.offers.schema)
        return Index(self.corpus.updated(kept, own), self._graph, self._model)

    def renewed(self, offers: pa.Table) -> Index:
        """An index of all of *offers*: updated by those that differ from what it has, built anew where many do."""
        changed, gone = _differences(self.corpus.offers, offers)
        if (changed.num_rows + len(gone)) + self.corpus.changed > _CHANGED * len(self.corpus):
            return Index(Corpus(offers, self.corpus.encoder), self._graph, self._model)
        return self.updated(changed, gone=gone) if changed.num_rows or gone else self

    def search(self, needs: pa.Table, *, top: int = TOP) -> pa.Table:
        """The *top* offers for each need (columns ``id``, ``text``), best first.

        Columns ``need``, ``offer``, ``score`` (0 … 1, for order within one need only), ``relevance`` (see
        :meth:`Model.relevance`), the rules ``exact`` (lists the very product) and ``chain`` (lists what the graph says
        goes in), then a column a signal of :data:`SIGNALS`.
        """
        blocks = [self._one(*one, top) for one in self._asked(needs)]
        return pa.concat_tables(blocks) if blocks else self._table("", *self._nothing())

    def grounds(self, needs: pa.Table, pairs: pa.Table) -> pa.Table:
        """What carried each of *pairs* (``need``, ``offer``) as an answer to *needs*: :data:`GROUNDS`, in their order.

        Raises InputError for an offer that is not in the index.
        """
        of_need: dict[str, list[tuple[int, str]]] = {}
        for row, (need, offer) in enumerate(zip(pairs["need"].to_pylist(), pairs["offer"].to_pylist(), strict=True)):
            of_need.setdefault(need, []).append((row, offer))
        found: dict[int, Grounds] = {}
        for name, asked, need in self._asked(needs):
            near, edges = makers(self.corpus, need), self._edges(asked)
            for row, offer in of_need.get(name, ()):
                found[row] = grounds(self.corpus, need, edges, near, self._at(offer))
        told = [found[row] for row in range(pairs.num_rows)]
        columns = [[[edge._asdict() for edge in one.path] for one in told], [list(one.alike) for one in told]]
        return pa.table(columns, schema=GROUNDS)

    def explain(self, text: str, offer: str) -> Grounds:
        """What carried *offer* as an answer to *text*. Raises InputError for an id that is not in the index."""
        [(_name, asked, need)] = self._asked(pa.table({"id": [""], "text": [text]}))
        return grounds(self.corpus, need, self._edges(asked), makers(self.corpus, need), self._at(offer))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.corpus.ids)}

    def _at(self, offer: str) -> int:
        if offer not in self._places:
            raise InputError(_("索引中没有这一供给：{offer}").format(offer=offer), mend=_("请核对编号"))
        return self._places[offer]

    def _asked(self, needs: pa.Table) -> Iterator[tuple[str, Asked, Need]]:
        """Each need's id, what it asks for, and the same made ready."""
        asked = [understand(text or "", self.corpus.products.place) for text in _column(needs, "text")]
        directions = self._directions(asked)
        for name, one, direction in zip(_column(needs, "id"), asked, directions, strict=True):
            yield name, one, self._need(one, direction)

    def _directions(self, asked: Sequence[Asked]) -> list[Array]:
        """The mean direction of the terms of each need, then of its classes: 2 × d. What is listed has its vector."""
        products = self.corpus.products
        texts = dict.fromkeys(term for one in asked for term in (*one.terms, *one.classes))
        vectors = {text: products.vectors[products.place[text]] for text in texts if text in products.place}
        new = [text for text in texts if text not in vectors]
        if new:
            vectors |= zip(new, unit(self.corpus.encoder.encode(new) - products.centre), strict=True)
        return [np.stack([self._mean(vectors, one.terms), self._mean(vectors, one.classes)]) for one in asked]

    def _zero(self) -> Array:
        return np.zeros_like(self.corpus.products.centre)

    def _mean(self, vectors: dict[str, Array], texts: Sequence[str]) -> Array:
        return unit(np.mean([vectors[text] for text in texts], axis=0)) if texts else self._zero()

    def _need(self, asked: Asked, directions: Array) -> Need:
        said, of_class = directions
        wanted = unit(self._goes_in(said) + of_class) if asked.upstream else said
        text = "。".join((*asked.terms, *asked.classes))
        return Need(text, asked.terms, said, wanted, self.corpus.products.ask([*asked.terms, *asked.classes]))

    def _goes_in(self, made: Array) -> Array:
        upstream = self._model.upstream
        return made if upstream is None else unit(unit(made @ upstream[:-1] + upstream[-1]) + _OWN * made)

    def _edges(self, asked: Asked) -> list[Edge]:
        """What goes into what the buyer makes; of a thing that is wanted what it is made of and what it goes into."""
        if self._graph is None:
            return []
        made_of = self._graph.materials(asked.terms)
        return made_of if asked.upstream else sorted([*made_of, *self._graph.uses(asked.terms)], key=_weight)

    def _rules(self, asked: Asked) -> Array:
        """For every offer: whether it lists a thing asked for, and the heaviest edge whose material it lists."""
        found = np.zeros((len(self.corpus), len(RULES)), np.float32)
        for term in () if asked.upstream else asked.terms:
            self._mark(found[:, 0], term, 1.0)
        for edge in reversed(self._edges(asked) if asked.upstream else []):
            self._mark(found[:, 1], spell(edge.end), edge.weight)
        return found

    def _linked(self, asked: Asked) -> Array:
        """For every offer the heaviest edge by which it is linked to a thing that is wanted; of so many at the most."""
        found = np.zeros(len(self.corpus), np.float32)
        for edge in reversed([] if asked.upstream else self._edges(asked)):
            self._mark(found, spell(edge.end), edge.weight)
        some = np.flatnonzero(found)
        found[some[np.argsort(-found[some], kind="stable")[_LINKS:]]] = 0
        return found

    def _named(self, asked: Asked) -> Array:
        """For every offer whether it lists what the name of a thing asked for ends in, which says what it is."""
        found = np.zeros(len(self.corpus), np.float32)
        for term in () if asked.upstream else asked.terms:
            for start in range(1, len(term) - 1):
                self._mark(found, term[start:], 1.0)
        return found

    def _mark(self, column: Array, product: str, weight: float) -> None:
        if product in self.corpus.products.place:
            column[self.corpus.products.makers(self.corpus.products.place[product])] = weight

    def _one(self, name: str, asked: Asked, need: Need, top: int) -> pa.Table:
        rules, linked = self._rules(asked), self._linked(asked)
        ruled, size = rules[:, 0] + rules[:, 1] + linked, max(top, TOP)
        scans = scan(self.corpus, need, self._model.likeness, np.flatnonzero(ruled), 2 * size)
        scans = scans.at(_candidates(scans, ruled[scans.offers], size))
        offers, signals = scans.offers, measure(self.corpus, need, scans)
        kind: Kind = "upstream" if asked.upstream else "supply"
        score = self._model.score(kind, signals)
        order = np.lexsort((-score, -rules[offers, 1], -rules[offers, 0]))[:top]
        offers, score, signals, rules = offers[order], score[order], signals[order], rules[offers[order]]
        least = np.maximum(NAMED * self._named(asked), LINKED * linked)[offers]
        relevance = np.maximum(self._model.relevance(kind, score, rules, signals), least)
        return self._table(name, offers, score, relevance, rules, signals)

    def _nothing(self) -> tuple[Array, Array, Array, Array, Array]:
        none = np.zeros(0)
        return np.zeros(0, np.int64), none, none, np.zeros((0, len(RULES))), np.zeros((0, len(SIGNALS)))

    def _table(  # noqa: PLR0917 -- what is told of the same offers, a column each
        self, need: str, offers: Array, score: Array, relevance: Array, rules: Array, signals: Array
    ) -> pa.Table:
        columns: dict[str, Any] = {
            "need": pa.array([need] * len(offers), pa.string()),
            "offer": self.corpus.offers["id"].take(pa.array(offers)).cast(pa.string()),
            "score": np.maximum(rules.max(axis=1, initial=0), 1 / (1 + np.exp(-score))),
            "relevance": relevance.astype(np.float64),
        }
        columns |= {name: rules[:, at].astype(np.float32) for at, name in enumerate(RULES)}
        return pa.table(columns | {name: signals[:, at].astype(np.float32) for at, name in enumerate(SIGNALS)})


def _candidates(scans: Scans, rules: Array, size: int) -> Array:
    """Where the *size* first offers by rules, then by fusion, stand among those looked at."""
    first = np.lexsort((-fuse([scans.words, scans.topics, scans.likeness]), -rules))
    return np.sort(first[:size])


def _differences(before: pa.Table, offers: pa.Table) -> tuple[pa.Table, list[str]]:
    """The rows of *offers* that are new or say something else than *before*, and the ids that are no more."""
    at = pc.index_in(offers["id"].combine_chunks(), before["id"].combine_chunks())
    same = pc.is_valid(at)
    for name in COLUMNS:
        own, other = (_plain(table[name]) for table in (offers, before))
        same = pc.and_(same, pc.equal(own, other.take(at)).fill_null(False))
    gone = before["id"].filter(pc.invert(pc.is_in(before["id"], offers["id"].combine_chunks())))
    return offers.filter(pc.invert(same)), gone.to_pylist()


def _plain(column: pa.ChunkedArray) -> pa.Array:
    """A column as texts; nothing is an empty one."""
    told = column.combine_chunks()
    told = pc.binary_join(told, "\n") if pa.types.is_list(told.type) else told
    return told.cast(pa.string()).fill_null("")


def _weight(edge: Edge) -> float:
    """The heaviest first."""
    return -edge.weight


def _column(needs: pa.Table, name: str) -> list[Any]:
    if name not in needs.column_names:
        raise InputError(_("需求表缺少列：{column}").format(column=name), mend=_("请补上这一列"))
    return list(needs[name].to_pylist())


def _lsa(offers: pa.Table) -> Encoder:
    """The fallback without weights: what the offers themselves tell about their words."""
    lists = offers["products"].to_pylist() if "products" in offers.column_names else []
    return Lsa([spell("。".join(own or [])) for own in lists] or [""])
