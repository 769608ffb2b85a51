"""What the public half may not say it may not say in disguise either; what is harmless is not held up."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongtong.portal.postings.disclosure import findings
from rongtong.portal.postings.models import Posting, PrivateHalf

with (Path(__file__).parent / "disguises.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["gives_away"], row["text"]) for row in csv.DictReader(file)]

#: What may be sprinkled into a word or a number: nobody reads over it.
SPRINKLED = ["", "", " ", "\u200b", "\u00ad", "\u3000", "·", "_", "*", "'", "|", "\u2060"]
#: These too, but for numbers, where they stand between two.
DASHES = ["—", " - ", "/"]
often = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def blocked(db, own_firm):
    """The places of the public half that must go, for a need with this private half."""

    def places(public: str, **private) -> list[str]:
        posting = Posting(firm=own_firm.id, side="need", title="轴承座", text=public)
        return [one.text for one in findings(posting, PrivateHalf(**private), own_firm) if one.blocks]

    return places


@st.composite
def sprinkled(draw, word: str, marks: list[str] = SPRINKLED) -> str:
    """*word* with anything between its signs, some of them of full width."""
    wide = {chr(n): chr(n + 0xFEE0) for n in range(0x30, 0x7B)}
    signs = [wide.get(one, one) if draw(st.booleans()) else one for one in word]
    return "".join(one + draw(st.sampled_from(marks)) for one in signs[:-1]) + signs[-1]


@pytest.mark.parametrize(("gives_away", "text"), CASES)
def test_what_is_private_is_known_however_it_is_written(blocked, gives_away, text):
    kept = {"quantity": "5000 件/年", "budget": Decimal(120000)}
    assert bool(blocked(text, **kept)) == bool(gives_away)


@pytest.mark.parametrize("text", [text for gives_away, text in CASES if not gives_away])
def test_what_is_harmless_is_not_held_up(blocked, text):
    kept = {"quantity": "120 件", "text": "用于磁悬浮列车", "excludes": ["海信"], "drawing_name": "P-2017.pdf"}
    assert blocked(text, **kept) == []


@often
@given(st.integers(100_003, 98_765_432).flatmap(lambda n: st.tuples(st.just(n), sprinkled(str(n)))))
def test_a_number_is_known_whatever_is_sprinkled_into_it(blocked, told):
    number, written = told
    assert blocked(f"型号6205，预算{written}元", budget=Decimal(number))
    assert blocked(f"共{written}件", quantity=f"{number}件")


@often
@given(st.data())
def test_a_name_or_a_code_is_known_whatever_is_sprinkled_into_it(blocked, own_firm, data):
    for word in (own_firm.name, own_firm.uscc):
        assert blocked(f"我们是{data.draw(sprinkled(word, SPRINKLED + DASHES))}，找外协")


@often
@given(st.data())
def test_a_clause_is_known_whatever_is_sprinkled_into_it(blocked, data):
    private = "用于磁悬浮列车转向架，项目代号猎鹰九号"
    for clause in private.split("，"):
        assert blocked(f"轴承座{data.draw(sprinkled(clause, SPRINKLED + DASHES))}用", text=private)


def test_whom_to_avoid_and_the_drawing_are_known_in_disguise_too(blocked):
    assert blocked("不要像海 天 那样", excludes=["海天"])
    assert blocked("见 P-2 0 1\u200b7 图", drawing_name="P-2017.pdf")


def test_a_code_of_the_private_half_is_told_and_a_standard_is_not(own_firm):
    private = PrivateHalf(text="用于 EA888 发动机，按 ISO9001 供货")
    for text, told in (("配 E A 8 8 8", [("E A 8 8 8", False)]), ("配套方有 ISO9001", [])):
        found = findings(Posting(firm=own_firm.id, title="阀座", text=text), private, own_firm)
        assert [(one.text, one.blocks) for one in found] == told
