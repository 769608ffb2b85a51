"""Needs → firms on a folder of queries: ours, and with ``--peers`` BM25, LSA, dense and their fusion beside it.

    python benchmarks/match.py DIR --out RUN [--peers] [--chain FOLDER] [--cache FILE]

DIR holds ``corpus.jsonl``, ``corpus_masked.jsonl`` and ``queries_TRACK.jsonl``; tracks whose name begins with *masked*
are asked of the masked corpus. RUN/TRACK.jsonl gets a line a query: ``{"qid", "ranked": [firm ids, best first]}``.
FOLDER may hold ``product_edges.csv``: every edge in a ``masked_edges*.csv`` of DIR is taken out before it is read,
since labels were made from those. Firms become offers and queries needs as in production. The table gives R@10 and
nDCG@10, with the 95 % interval of the paired difference to ours over 1,000 resamples.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from rongtong.match import NEEDS, OFFERS, Cached, EdgeTable, Encoder, Index, Lsa, asked, offered
from rongtong.match.encoders import installed
from rongtong.match.graph import COLUMNS, MATERIAL
from rongtong.match.index import TOP

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from match_peers import FUSION, gain, hits, interval, peers

Ranked = dict[str, list[str]]


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def offers(file: Path) -> pa.Table:
    """The firms as what they would publish, one offer each: the engine's own columns."""
    rows = [
        dict(zip(("chain", "segment", "industry"), firm["industry"], strict=False))
        | {"offer": firm["id"], "firm": firm["id"], "name": firm["full_name"], "text": firm["text"]}
        | {"product": "、".join(firm["products"]) or None, "source": "published"}
        for firm in lines(file)
    ]
    return pa.Table.from_pylist(rows, schema=OFFERS)


def needs(queries: list[dict[str, Any]]) -> pa.Table:
    """The queries as needs that somebody wrote in one sentence."""
    rows = [{"need": query["qid"], "text": query["query"]} for query in queries]
    return pa.Table.from_pylist(rows, schema=NEEDS)


def graph(chain: Path | None, folder: Path) -> EdgeTable | None:
    """The edges of *chain*, less those that labels were made from."""
    if chain is None:
        return None
    masked = {row for file in sorted(folder.glob("masked_edges*.csv")) for row in rows(file)}
    kept = [row for row in rows(chain / "product_edges.csv") if row not in masked]
    turned = [(b, a) if kind == "下游产品" else (a, b) for a, b, kind in kept if kind in ("上游材料", "下游产品")]
    made, goes_in = zip(*turned, strict=True)
    columns = (made, goes_in, [MATERIAL] * len(turned), [1.0] * len(turned))
    return EdgeTable(pa.table(dict(zip(COLUMNS, columns, strict=True))))


def rows(file: Path) -> list[tuple[str, ...]]:
    with file.open(encoding="utf-8") as opened:
        return [tuple(row) for row in csv.reader(opened)][1:]


def ours(index: Index, queries: list[dict[str, Any]]) -> tuple[Ranked, list[float]]:
    """The ranked ids of each query, and how many milliseconds of processor time each took."""
    ranked, taken = {}, []
    for query in queries:
        start = time.process_time()
        found = index.search(asked(needs([query])), top=TOP)
        taken.append(1000 * (time.process_time() - start))
        ranked[query["qid"]] = found["offer"].to_pylist()
    return ranked, taken


def gains(queries: list[dict[str, Any]], ranked: Ranked) -> tuple[np.ndarray, np.ndarray]:
    """R@10 and nDCG@10 of each query."""
    recall = [len(hits(one, ranked[one["qid"]])) / len(set(one["relevant"])) for one in queries]
    return np.array(recall), np.array([gain(one, ranked[one["qid"]]) for one in queries])


def row(track: str, queries: list[dict[str, Any]], answers: dict[str, Ranked], taken: list[float]) -> list[str]:
    """A line of the table: nDCG@10 (R@10) of everybody, ours against the fusion, and how long a need took."""
    told = {name: gains(queries, ranked) for name, ranked in answers.items()}
    figures = [f"{gain.mean():.3f} ({recall.mean():.3f})" for recall, gain in told.values()]
    beside = [interval(told["ours"][1] - told[FUSION][1])] if FUSION in told else []
    speed = f"{np.percentile(taken, 50):.0f} / {np.percentile(taken, 95):.0f}"
    return [track, f"{len(queries):,}", *figures, *beside, speed]


def show(lines: list[list[str]], answers: dict[str, Ranked]) -> None:
    """The table, as docs/measurements.md has it."""
    beside = ["ours − fusion [95 %]"] if FUSION in answers else []
    head = ["set", "needs", *answers, *beside, "ms a need, p50 / p95"]
    print(f"nDCG@10 (R@10), load {Path('/proc/loadavg').read_text(encoding='utf-8').split()[0]}:")
    for line in [head, ["---"] * len(head), *lines]:
        print(f"| {' | '.join(line)} |", flush=True)


def measure(given: argparse.Namespace, encoder: Encoder) -> None:
    edges = graph(given.chain, given.folder)
    built: dict[str, Index] = {}
    table: list[list[str]] = []
    for file in sorted(given.folder.glob("queries_*.jsonl")):
        track, queries = file.stem.removeprefix("queries_"), lines(file)
        corpus = "corpus_masked.jsonl" if track.startswith("masked") else "corpus.jsonl"
        index = built.get(corpus) or built.setdefault(corpus, build(given.folder / corpus, encoder, edges))
        ranked, taken = ours(index, queries)
        out = [json.dumps({"qid": name, "ranked": own}) for name, own in ranked.items()]
        (given.out / f"{track}.jsonl").write_text("\n".join(out) + "\n", encoding="utf-8")
        answers = (peers(index.corpus, queries, TOP) if given.peers else {}) | {"ours": ranked}
        table.append(row(track, queries, answers, taken))
        print(" ".join(table[-1]), file=sys.stderr, flush=True)
    show(table, answers)


def build(file: Path, encoder: Encoder, edges: EdgeTable | None) -> Index:
    start = time.perf_counter()
    index = Index.build(offered(offers(file)), encoder=encoder, graph=edges)
    print(f"{file.name}: {len(index.corpus):,} firms indexed in {time.perf_counter() - start:.1f} s", flush=True)
    return index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--chain", type=Path)
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="match-") as temporary:
        model = installed() or Lsa(offers(given.folder / "corpus.jsonl")["text"].to_pylist())
        measure(given, Cached(model, given.cache or Path(temporary) / "vectors.sqlite"))


if __name__ == "__main__":
    main()
