"""The ranker: what it is trained on, and how it scores queries that it has not seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import pyarrow as pa

from rongtong.match import Index
from rongtong.match.grams import Array
from rongtong.match.model import columns
from rongtong.match.signals import SIGNALS

CANDIDATES, ROUNDS = 500, 250
"""How many are ranked, and by how many trees."""
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.025, "num_leaves": 15, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambdarank_truncation_level": 30,
    "max_bin": 127, "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 7, "verbosity": -1,
}  # fmt: skip  # read by rows
Query = dict[str, Any]
"""A line of a benchmark: ``query``, ``relevant`` (the ids that answer), ``ignore`` (those left out)."""


class Asked(NamedTuple):
    """What a ranker reads of a query's candidates, which of them answer, which are left out, and how many answer."""

    read: Array
    answers: Array
    out: Array
    right: int


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


def trained(labelled: Sequence[Asked]) -> lightgbm.Booster:
    """A ranker, shown every candidate: of those that it never saw it would put some among the first."""
    rows = [(query.read[~query.out], query.answers[~query.out]) for query in labelled]
    read, answers = (np.concatenate(column) for column in zip(*rows, strict=True))
    data = lightgbm.Dataset(read, answers.astype(int), group=[len(own) for own, _answers in rows])
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def unseen(labelled: Sequence[Asked], folds: int) -> list[Array]:
    """Scores of each query's candidates by a ranker that was trained without the queries of its fold."""
    scores: dict[int, Array] = {}
    for fold in range(folds):
        ranker = trained([query for at, query in enumerate(labelled) if at % folds != fold])
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
