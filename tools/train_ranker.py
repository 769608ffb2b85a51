"""The ranker: what it is trained on, and how it scores queries that it has not seen."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import pyarrow as pa

from rongtong.match import Encoder, Index
from rongtong.match.grams import Array
from rongtong.match.market import Market
from rongtong.match.model import Model, columns
from rongtong.match.signals import SIGNALS
from rongtong.match.writing import spell
from train_maps import learn_likeness

FOLDS, SINGLES, CANDIDATES = 4, 1_200, 500
ROUNDS, LABELLED = 200, 2
"""Trees, and how often a labelled query counts."""
FIRST, SHARE = 150, 0.2
"""Of the candidates that do not answer so many of the first train, and such a share of the others."""
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.04, "num_leaves": 15, "min_data_in_leaf": 200, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambdarank_truncation_level": 30,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 7, "verbosity": -1,
}  # fmt: skip
Query = dict[str, Any]
"""A line of a benchmark: ``query``, ``relevant`` (the ids that answer), ``ignore`` (those left out)."""
Rows = list[tuple[Array, Array]]


class Asked(NamedTuple):
    """What a ranker reads of a query's candidates, which of them answer, which are left out, and how many answer."""

    read: Array
    answers: Array
    out: Array
    right: int


def supply_queries(firms: Sequence[dict[str, Any]], encoder: Encoder) -> Iterator[Asked]:
    """Products hidden from everybody and asked for, fold by fold; firms that still give the name away are left out."""
    makers: dict[str, set[str]] = defaultdict(set)
    for firm in firms:
        for name in firm["products"]:
            makers[name].add(firm["id"])
    chance = random.Random(1)  # noqa: S311 -- a seeded draw
    single = [name for name in sorted(makers) if len(makers[name]) == 1 and 2 <= len(name) <= 8]
    names = sorted(name for name in makers if len(makers[name]) > 1) + chance.sample(single, SINGLES)
    chance.shuffle(names)
    for fold in range(FOLDS):
        hidden = set(names[fold::FOLDS])
        left = table(without(firms, hidden))
        market = Market(left, encoder)
        model = Model(learn_likeness(market))
        told = {
            name: {one for one, text in zip(market.ids, market.texts, strict=True) if spell(name) in text}
            for name in hidden
        }
        queries = [
            {"query": f"采购{name}", "relevant": makers[name] - told[name], "ignore": told[name]}
            for name in sorted(hidden)
        ]
        yield from asked(Index(market, None, model), queries)


def queries_of(bench: Path) -> list[Query]:
    """The queries of *bench* whose products nobody lists."""
    with (bench / "queries_masked_hard.jsonl").open(encoding="utf-8") as lines:
        return [query for line in lines if (query := json.loads(line))["relevant"]]


def asked(index: Index, queries: Iterable[Query]) -> Iterator[Asked]:
    """The candidates of each query to which there is an answer."""
    for query in queries:
        if query["relevant"]:
            found = index.search(pa.table({"id": ["q"], "text": [query["query"]]}), top=CANDIDATES)
            read = columns(np.stack([found[name].to_numpy() for name in SIGNALS], axis=1))
            offers, right, out = found["offer"].to_pylist(), set(query["relevant"]), set(query["ignore"])
            answers, aside = (np.array([offer in ids for offer in offers]) for ids in (right, out))
            yield Asked(read, answers, aside, len(right))


def some_of(query: Asked) -> tuple[Array, Array] | None:
    """What a ranker is trained on: the answers, the first candidates, some of the others; None without an answer."""
    places = np.arange(len(query.answers))
    some = (places < FIRST) | (np.random.default_rng(3).random(len(places)) < SHARE)
    keep = (some | query.answers) & ~query.out
    return (query.read[keep], query.answers[keep]) if query.answers[keep].any() else None


def fitted(rows: Rows) -> lightgbm.Booster:
    """A ranker."""
    read, answers = (np.concatenate(column) for column in zip(*rows, strict=True))
    data = lightgbm.Dataset(read, answers.astype(int), group=[len(one) for one, _answers in rows])
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def trained(supply: Sequence[Asked], labelled: Sequence[Asked]) -> lightgbm.Booster:
    """A ranker of both, a labelled query counting more."""
    return fitted([one for query in [*supply, *LABELLED * list(labelled)] if (one := some_of(query))])


def unseen(supply: Sequence[Asked], labelled: Sequence[Asked], folds: int) -> list[Array]:
    """Scores of each query's candidates by a ranker that was trained without the queries of its fold."""
    scores: dict[int, Array] = {}
    for fold in range(folds):
        ranker = trained(supply, [query for at, query in enumerate(labelled) if at % folds != fold])
        scores |= {at: np.asarray(ranker.predict(labelled[at].read)) for at in range(fold, len(labelled), folds)}
    return [scores[at] for at in range(len(labelled))]


def table(firms: Sequence[dict[str, Any]]) -> pa.Table:
    """Firms as offers."""
    names = {"id": "id", "name": "full_name", "industry": "industry", "products": "products", "text": "text"}
    lists = pa.list_(pa.string())
    types = {"industry": lists, "products": lists}
    return pa.table(
        {name: pa.array([firm[key] for firm in firms], types.get(name, pa.string())) for name, key in names.items()}
    )


def without(firms: Sequence[dict[str, Any]], hidden: set[str]) -> list[dict[str, Any]]:
    """Firms that do not list *hidden* products, nor say them in their text."""
    return [
        {**firm, "products": [name for name in firm["products"] if name not in hidden], "text": ""} for firm in firms
    ]
