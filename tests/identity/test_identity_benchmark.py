"""The measurement of who is who, at a small size: what it writes, and what it says of it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _beside() -> Any:
    """The scripts stand beside the package, not in it."""
    with pytest.MonkeyPatch.context() as patched:
        for folder in ("benchmarks", "tools"):
            patched.syspath_prepend(str(ROOT / folder))
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of made-up firms, measured, and what was printed; nine of ten firms are registered."""
    from identity_cases import cases  # noqa: PLC0415 -- the scripts are not installed: _beside leads to them
    from made_firms import firms  # noqa: PLC0415 -- the scripts are not installed: _beside leads to them
    from noise import written  # noqa: PLC0415 -- the scripts are not installed: _beside leads to them

    folder, chance = tmp_path_factory.mktemp("firms"), Random(5)
    pairs = [(case.a, case.b, int(case.same), case.kind) for case in cases(240, 5)]
    write(folder / "pairs.csv", "name_a,name_b,label,kind", pairs)
    firm = {f"e{at}": one for at, one in enumerate(firms(80, chance))}
    known = dict(list(firm.items())[8:])
    write(folder / "registry.csv", "eid,name", [(eid, one.name()) for eid, one in known.items()])
    kinds = chance.choices(("typo", "space", "no_form", "note"), k=len(firm))
    mentions = [
        (written(one, kind, chance), eid if eid in known else "", kind)
        for (eid, one), kind in zip(firm.items(), kinds, strict=True)
    ]
    write(folder / "mentions.csv", "mention,eid,kind", mentions)
    return folder, measured(folder, "--peers", "--plot", str(folder / "plot.svg"))


def write(file: Path, head: str, rows: list[Any]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head.split(","), *rows])


def read(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8") as opened:
        return list(csv.reader(opened))


def measured(folder: Path, *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / "identity.py"), str(folder), "--out", str(folder / "run")]
    return subprocess.run([*command, *arguments], check=True, capture_output=True, text=True).stdout


def test_a_line_is_answered_for_every_pair_and_every_mention(made: tuple[Path, str]) -> None:
    folder, _told = made
    for asked, answers, column, head in (("pairs", "pairs", 2, "match"), ("mentions", "linkage", 1, "eid")):
        truth, rows = read(folder / f"{asked}.csv")[1:], read(folder / "run" / f"{answers}.csv")
        assert [row[0] for row in rows] == ["row", *map(str, range(len(truth)))]
        assert rows[0][1] == head
        assert np.mean([row[1] == right[column] for row, right in zip(rows[1:], truth, strict=True)]) > 0.9


def test_peers_stand_beside_ours_in_both_tables_and_by_kind(made: tuple[Path, str]) -> None:
    folder, told = made
    heads = [line for line in told.splitlines() if line.startswith("| kind")]
    for head, peers in zip(heads, (["WRatio ≥"], ["TF-IDF*", "TF-IDF 20 + WRatio*"]), strict=True):
        assert all(f"| {peer}" in head for peer in ("ours", "equality", "boosting†", *peers))
    assert told.count("\n| Splink* | ") == 2
    assert (folder / "plot.svg").read_text(encoding="utf-8").count("<circle") == told.split("Linkage")[0].count(" – ")


def test_without_labels_the_same_is_answered_and_nothing_scored(made: tuple[Path, str], tmp_path: Path) -> None:
    folder, told = made
    for name, count in (("pairs", 2), ("registry", 2), ("mentions", 1)):
        head, *rows = (row[:count] for row in read(folder / f"{name}.csv"))
        write(tmp_path / f"{name}.csv", ",".join(head), rows)
    assert ("F1" in told, "F1" in measured(tmp_path, "--peers")) == (True, False)
    for name in ("pairs", "linkage"):
        assert read(tmp_path / "run" / f"{name}.csv") == read(folder / "run" / f"{name}.csv")


def test_a_threshold_is_chosen_on_the_first_half_alone() -> None:
    from identity_scores import chosen, prf  # noqa: PLC0415 -- the scripts are not installed: _beside leads to them

    score, truth = np.array([9, 8, 7, 6, 5, 5, 4, 4]), np.array(["a", "a", "", "b", "", "c", "c", "c"])
    half = np.array([True] * 5 + [False] * 3)
    threshold, said = chosen(score, np.array(["a", "b", "b", "b", "b", "c", "c", "c"]), truth, half)
    assert (threshold, said.tolist()) == (6.0, ["a", "b", "b", "b", "", "", "", ""])
    assert prf(said[half], truth[half]) == pytest.approx((2 / 4, 2 / 3, 4 / 7))


def test_likelihoods_stand_beside_what_came_of_them() -> None:
    from identity_sureness import bins  # noqa: PLC0415 -- the scripts are not installed: _beside leads to them

    found = bins(np.array([0.0, 0.55, 0.57, 1.0]), np.array([False, True, False, True]))
    told = [(one.count, round(one.promised, 2), one.kept) for one in found]
    assert told == [(1, 0, 0), (2, 0.56, 0.5), (1, 1, 1)]
