"""Train what ``match`` has learned: maps from what firms list, and a ranker from labelled queries.

    python tools/train_match.py BENCH [CHAIN] [--cache FILE] [--out src/rongtong/match/learned]
    python tools/train_match.py BENCH --folds 5 [--cache FILE]     # writes nothing: nDCG@10, each query unseen

BENCH is a folder with ``corpus_masked.jsonl`` (firms, industries, products; no query product is in it),
``queries_masked_hard.jsonl`` and ``masked_edges_dev.csv``; CHAIN one with ``product_edges.csv``: without it the map of
what goes into what a buyer makes stays as it is. Only numbers are written. Seeds are fixed.
RONGTONG_ENCODER=module:Class trains for another encoder than the installed one.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from match_peers import gain, peers
from rongtong.match import Cached, Encoder, Index
from rongtong.match.corpus import Corpus
from rongtong.match.encoders import installed
from rongtong.match.grams import Array
from rongtong.match.model import Model
from rongtong.match.signals import SIGNALS
from train_maps import Edge, learn_likeness, learn_upstream
from train_ranker import CANDIDATES, Query, asked, queries_of, table, trained, unseen
from train_report import report, worth

UNSEEN = 5
"""Folds of the labelled queries for what the ranker's scores are worth."""


def main() -> None:
    """Train and write."""
    given = arguments()
    encoder = installed()
    if encoder is None:
        raise SystemExit("no encoder is installed, and RONGTONG_ENCODER names none")
    with tempfile.TemporaryDirectory(prefix="match-") as temporary:
        run(given, Cached(encoder, given.cache or Path(temporary) / "vectors.sqlite"))


def run(given: argparse.Namespace, encoder: Encoder) -> None:
    """Train and write, or measure."""
    firms = [json.loads(line) for line in (given.bench / "corpus_masked.jsonl").open(encoding="utf-8")]
    corpus, queries, folds = Corpus(table(firms), encoder), queries_of(given.bench), given.folds or UNSEEN
    likeness = learn_likeness(corpus)
    labelled = list(asked(Index(corpus, None, Model(likeness)), queries))
    scores = unseen(labelled, folds)
    report(labelled, scores, gains_of_peers(corpus, queries), folds)
    if given.folds:
        return
    if given.chain:
        edges = read_edges(given.chain / "product_edges.csv", given.bench / "masked_edges_dev.csv")
        save(given.out / "upstream.npy", learn_upstream(edges, firms, corpus.products.centre, encoder))
    stated = {"encoder": encoder.name, "signals": list(SIGNALS), "needs": len(labelled)}
    write(given.out, likeness, trained(labelled), stated | {"answers": worth(labelled, scores)})


def gains_of_peers(corpus: Corpus, queries: Sequence[Query]) -> dict[str, Array]:
    """nDCG@10 of each query by every peer."""
    answers = peers(corpus, queries, CANDIDATES)
    return {name: np.array([gain(one, own[one["qid"]]) for one in queries]) for name, own in answers.items()}


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("chain", type=Path, nargs="?")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("src/rongtong/match/learned"))
    return parser.parse_args()


def read_edges(file: Path, masked: Path) -> list[Edge]:
    """Buyer's product and material, less the masked edges."""

    def rows(path: Path) -> list[tuple[str, ...]]:
        with path.open(encoding="utf-8") as opened:
            return [tuple(row) for row in csv.reader(opened)][1:]

    left_out = set(rows(masked))
    kept = [row for row in rows(file) if row not in left_out and row[2] != "产品小类"]
    return sorted({(a, b) if kind == "上游材料" else (b, a) for a, b, kind in kept})


def save(file: Path, learned: Array) -> None:
    """A map in half precision."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, learned.astype(np.float16))


def write(out: Path, likeness: Array, ranker: lightgbm.Booster, stated: dict[str, Any]) -> None:
    """Write the numbers and what they were made with."""
    save(out / "likeness.npy", likeness)
    ranker.save_model(str(out / "supply.txt"), importance_type="gain")
    (out / "model.json").write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
