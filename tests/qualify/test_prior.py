"""A title that has to be obtained first: no lever brings it, and the path says which rulebook grants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rongtong.definitions.catalogue import catalogue
from rongtong.facts.imagined import snapshot
from rongtong.qualify import path_answer, paths
from rongtong.qualify.prior import Prior, granting
from rongtong.qualify.shelf import editions, known

BOOK = """\
kind: rulebook
id: test/titled
edition: "1"
title: 小
source: {document: 小}
authority: 小
territory: 小
in_force: [{purpose: new, from: 2020-01-01}]
requires: [{id: base, title: 称号, holds: titles.technology_or_innovative}]
conditions:
  - {id: rd, title: 研发, when: "rd_expense[Y] >= 0.03元"}
  - {id: independent, title: 法人, when: independent_legal_person}
"""
NONE = {"titles!from": 1949, "titles!to": 2022}
BASE = Prior("titles.technology_or_innovative", "base", ("cn/technology-sme", "cn/innovative-sme"))


@pytest.fixture
def path_of(tmp_path: Path):
    book = tmp_path / "titled.yaml"
    book.write_text(BOOK, encoding="utf-8")

    def found(**facts: Any) -> path_answer.Path:
        firm = {"rd_expense[2021]": 1, "independent_legal_person": True} | facts
        frozen = snapshot(tmp_path / "s", [firm])
        return paths.path(frozen, book, "f0", as_of="2021-06-30", at="2022-10-31").paths[0]

    return found


def test_a_title_that_is_not_held_is_named_with_the_rulebooks_that_grant_it_and_what_else_is_to_do(path_of) -> None:
    one = path_of(**{"rd_expense[2021]": "0.01"}, **NONE)
    assert (one.possible, one.blocking, one.priors) == (False, ("base",), (BASE,))
    assert [step.slot for step in one.steps] == ["rd_expense[2021]"]


def test_where_another_clause_blocks_too_nothing_is_said_to_be_enough(path_of) -> None:
    one = path_of(independent_legal_person=False, **NONE)
    assert (one.blocking, one.priors, one.steps) == (("base", "independent"), (BASE,), ())


def test_a_title_of_which_nothing_is_known_is_a_fact_to_hand_in(path_of) -> None:
    one = path_of()
    assert ([each.fact for each in one.supplies], one.priors) == (["titles.technology_or_innovative"], ())


def test_every_title_that_a_rulebook_asks_for_is_granted_by_one_that_is_here() -> None:
    asked = {one.holds for name in known() for book in editions(name) for one in book.file.requires}
    assert {title: granting(title, catalogue()) for title in sorted(asked)} == {
        "titles.innovative": ("cn/innovative-sme",),
        "titles.srdi": ("cn/srdi-sme",),
        "titles.technology_or_innovative": ("cn/technology-sme", "cn/innovative-sme"),
    }


def test_what_is_no_title_is_granted_by_none() -> None:
    assert (granting("ip.class_1_own", catalogue()), granting("revenue", catalogue())) == ((), ())
