"""The worked examples that come with the rulebooks are their tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rongtong.qualify import examples, shelf

loaded, outcomes = cache(examples.load), cache(examples.run)
FILES = sorted(shelf.shelf().rglob("*.examples.yaml"))
CASES = [(path, k) for path in FILES for k in range(len(loaded(path)[1]))]


@pytest.mark.parametrize(
    ("path", "k"), CASES, ids=[f"{p.parent.name}-{loaded(p)[1][k].expected.title}" for p, k in CASES]
)
def test_the_rulebook_says_what_the_example_says(path: Path, k: int) -> None:
    assert outcomes(path)[k].found == outcomes(path)[k].wanted


def test_what_an_example_says_is_what_is_asked() -> None:
    path = FILES[[one.parent.name for one in FILES].index("srdi-sme")]
    first, second = (outcomes(path)[k].wanted for k in range(2))
    assert first == {"verdict": "qualified", "score": [63, 63], "missing": []}
    assert second == {"verdict": "qualified", "score": [60, 60], "holds": {"condition.4.score": True}}


def test_an_example_that_is_not_so_does_not_pass(tmp_path: Path) -> None:
    path = FILES[[one.parent.name for one in FILES].index("unicorn")]
    wrong = tmp_path / path.name
    wrong.write_text(path.read_text(encoding="utf-8").replace("verdict: qualified", "verdict: not_qualified"))
    assert [one.passes for one in examples.run(path)] != [one.passes for one in examples.run(wrong)]


def test_every_rulebook_has_examples() -> None:
    books = [path for path in shelf.shelf().rglob("*.yaml") if not path.name.endswith(".examples.yaml")]
    assert sorted(path.with_suffix(".examples.yaml") for path in books) == FILES
