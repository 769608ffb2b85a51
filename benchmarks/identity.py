"""Who is who on a folder of names: how right, how sure, how fast; with ``--peers`` others beside it.

    python benchmarks/identity.py [DIR --out RUN] [--peers] [--plot FILE] [--rows N] [--twice N]

DIR holds ``pairs.csv`` (name_a, name_b; label 1 the same firm, 0 not; kind of variation), ``registry.csv`` (eid, name)
and ``mentions.csv`` (mention; eid, empty when not in the registry; kind). RUN gets ``pairs.csv`` (row, match) and
``linkage.csv`` (row, eid), rows counted from 0. Without labels answers are written and nothing is scored.
FILE gets a picture of what was promised and kept. N made-up mentions are linked, by default a million without DIR;
with --twice all duplicates of a registry of N made-up firms are found.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from identity_scores import Answers, by_kind, first_half, told
from identity_speed import speed, twice
from identity_sureness import curve, outcomes, picture, reliability
from rongtong.identity import Comparison, compare, compare_all, lookup, normalise_column, shipped
from rongtong.identity.lookup import weighed

_LIKELY = 0.5
Rows = list[dict[str, str]]


class Folder(NamedTuple):
    """The three files."""

    pairs: Rows
    registry: Rows
    mentions: Rows

    @classmethod
    def read(cls, folder: Path) -> Folder:
        return cls(*(_rows(folder / f"{name}.csv") for name in cls._fields))


def _rows(file: Path) -> Rows:
    with file.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def column(rows: Rows, name: str) -> list[str]:
    return [row[name] for row in rows]


def matched(compared: Sequence[Comparison]) -> np.ndarray:
    """ "1" where two names are called one firm: “same”, or “ask” at an even chance or better."""
    said = [one.outcome == "same" or (one.outcome == "ask" and one.score >= _LIKELY) for one in compared]
    return np.where(said, "1", "")


def looked_up(folder: Folder) -> tuple[np.ndarray, np.ndarray]:
    """The eid of the likeliest firm of each mention, and how likely it is."""
    found = lookup(pa.array(column(folder.mentions, "mention")), pa.array(column(folder.registry, "name")))
    eids = np.array(column(folder.registry, "eid"), object)
    said, likely = np.full(len(folder.mentions), "", object), np.zeros(len(folder.mentions))
    said[found["asked"].to_numpy()] = eids[found["name"].to_numpy()]
    likely[found["asked"].to_numpy()] = found["likely"].to_numpy()
    return said, likely


def timed(what: str, count: int, work: Callable[[], Any]) -> Any:
    wall, own = time.perf_counter(), time.process_time()
    result = work()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    rates = f"{count / own:,.0f} a second of processor time, {count / wall:,.0f} by the clock (load {load})"
    print(f"{count:,} {what}: {rates}", flush=True)
    return result


def write(file: Path, head: str, answers: Iterable[object]) -> None:
    lines = [f"row,{head}", *(f"{row},{answer}" for row, answer in enumerate(answers))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(given: argparse.Namespace) -> None:
    folder = Folder.read(given.folder)
    given.out.mkdir(parents=True, exist_ok=True)
    names = list(zip(column(folder.pairs, "name_a"), column(folder.pairs, "name_b"), strict=True))
    compare("青岛海德电子", "青岛海德电子有限公司")  # what is read once is read now
    compared = timed("pairs compared", len(names), lambda: compare_all(names))
    said = matched(compared)
    write(given.out / "pairs.csv", "match", np.where(said == "1", 1, 0))
    nearest, likely = timed("mentions looked up", len(folder.mentions), lambda: looked_up(folder))
    eids = np.where(likely >= _LIKELY, nearest, "")
    write(given.out / "linkage.csv", "eid", eids)
    if folder.pairs and "label" in folder.pairs[0]:
        score_pairs(folder.pairs, names, said, compared, given)
    if folder.mentions and "eid" in folder.mentions[0]:
        score_linkage(folder, eids, beside=given.peers)
        truth = np.array(column(folder.mentions, "eid"), object)
        reliability(likely, (nearest == truth) & (nearest != ""))
        of_candidates(folder)


def peers() -> ModuleType:
    """What stands beside ours; it needs what only developers have installed."""
    return import_module("identity_peers")


def score_pairs(
    rows: Rows, names: list[tuple[str, str]], said: np.ndarray, compared: list[Comparison], given: argparse.Namespace
) -> None:
    truth = np.where(np.array(column(rows, "label")) == "1", "1", "")
    half = first_half([a for a, _ in names])
    answers: Answers = {"ours": said} | (peers().pair_peers(names, truth, half) if given.peers else {})
    show("Pairs", answers, truth, half, rows)
    likely, same = np.array([one.score for one in compared]), truth == "1"
    reliability(likely, same)
    outcomes([one.outcome for one in compared], same)
    curve(names, same)
    if given.plot:
        given.plot.write_text(picture(likely, same), encoding="utf-8")


def score_linkage(folder: Folder, said: np.ndarray, *, beside: bool) -> None:
    truth = np.array(column(folder.mentions, "eid"), object)
    mentions = column(folder.mentions, "mention")
    half = first_half(mentions)
    stock = (column(folder.registry, "name"), column(folder.registry, "eid"))
    answers: Answers = {"ours": said} | (peers().linkage_peers(mentions, *stock, truth, half) if beside else {})
    show("Linkage", answers, truth, half, folder.mentions)


def of_candidates(folder: Folder) -> None:
    """How sure every near name of a mention is: alone, and beside the others that the mention may be."""
    eids = dict(zip(normalised(folder.registry, "name"), column(folder.registry, "eid"), strict=True))
    asked, own = normalised(folder.mentions, "mention"), column(folder.mentions, "eid")
    truth = dict(zip(asked, own, strict=True))
    stock = pa.array(sorted(filter(None, eids)))
    found = list(weighed(pa.array(sorted(set(filter(None, asked)))), stock, shipped()))
    same = np.array([eids[name] == truth[text] for text, name, _one in found])
    print("\nEvery near name of a mention, alone, then beside the others:")
    for likely in ([one.score for *_names, one in found], [one.likely for *_names, one in found]):
        reliability(np.array(likely), same)


def normalised(rows: Rows, name: str) -> list[str]:
    return normalise_column(pa.array(column(rows, name))).to_pylist()


def show(title: str, answers: Answers, truth: np.ndarray, half: np.ndarray, rows: Rows) -> None:
    told(title, answers, truth, half)
    if rows and "kind" in rows[0]:
        by_kind(answers, truth, half, np.array(column(rows, "kind")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--twice", type=int)
    given = parser.parse_args()
    if given.folder and not given.out:
        parser.error("--out RUN: where the answers go")
    if given.folder:
        measure(given)
    if given.twice:
        twice(given.twice)
    rows = given.rows if given.rows is not None else 0 if given.folder or given.twice else 1_000_000
    if rows:
        speed(rows)


if __name__ == "__main__":
    main()
