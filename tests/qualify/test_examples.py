"""The worked examples that come with the rulebooks are their tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from folder import snapshot

from rongtong import qualify
from rongtong.qualify import examples, rulebook

loaded = cache(examples.load)
FILES = sorted(rulebook.shelf().rglob("*.examples.yaml"))
CASES = [(path, k) for path in FILES for k in range(len(loaded(path)[1]))]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def of(path: Path, purpose: str) -> dict[int, dict[str, Any]]:
        file, found = loaded(path)
        asked = {k: one.facts for k, one in enumerate(found) if one.expected.purpose == purpose}
        frozen = snapshot(tmp_path_factory.mktemp("examples") / "s", list(asked.values()))
        assessment = qualify.assess(frozen, file.rulebook, edition=file.edition, purpose=purpose, as_of=file.as_of)
        return dict(zip(asked, assessment.rows(), strict=True))

    return of


@pytest.mark.parametrize(
    ("path", "k"), CASES, ids=[f"{p.parent.name}-{loaded(p)[1][k].expected.title}" for p, k in CASES]
)
def test_the_rulebook_says_what_the_example_says(answers: Any, path: Path, k: int) -> None:
    expected = loaded(path)[1][k].expected
    row = answers(path, expected.purpose)[k]
    clauses = {clause["id"]: clause for clause in row["clauses"]}
    found = {
        "verdict": row["verdict"],
        "score": row["score"],
        "holds": {name: clauses[name]["holds"] for name in expected.holds},
        "points": {name: clauses[name]["points"] for name in expected.points},
        "missing": row["missing"],
    }
    wanted = {
        "verdict": expected.verdict or row["verdict"],
        "score": interval(expected.score) or row["score"],
        "holds": expected.holds,
        "points": {name: interval(points) for name, points in expected.points.items()},
        "missing": row["missing"] if expected.missing is None else list(expected.missing),
    }
    assert found == wanted


def interval(points: Any) -> list[float] | None:
    if points is None:
        return None
    return list(points) if isinstance(points, tuple) else [points, points]


def test_every_rulebook_has_examples() -> None:
    books = [path for path in rulebook.shelf().rglob("*.yaml") if not path.name.endswith(".examples.yaml")]
    assert sorted(path.with_suffix(".examples.yaml") for path in books) == FILES
