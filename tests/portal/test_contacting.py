"""A contact is found however it is written, what only looks like one is not, and both are data: ``contacts.csv``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongtong.portal.contacting import contacts_in, without_contacts
from rongtong.portal.undisguised import plain

with (Path(__file__).parent / "contacts.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["text"], row["contact"]) for row in csv.DictReader(file)]

#: How a figure may be written, and what may stand between two.
FIGURES = ["0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "⓪①②③④⑤⑥⑦⑧⑨", "〇壹贰叁肆伍陆柒捌玖"]
BETWEEN = ["", " ", "-", ".", "·", "_", "*", "\u3000", "\u200b", "\u00ad", "\u2060", "—", "）", " - "]


@pytest.mark.parametrize(("text", "contact"), CASES)
def test_a_contact_is_found_as_it_is_written(text, contact):
    assert contacts_in(text) == ([contact] if contact else [])


@st.composite
def written(draw, number: str) -> str:
    """*number* in figures of any kind, with anything between them."""
    figures = [draw(st.sampled_from(FIGURES))[int(one)] for one in number]
    return "".join(one + draw(st.sampled_from(BETWEEN)) for one in figures)


@settings(max_examples=300)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).flatmap(written))
def test_a_telephone_is_found_whatever_is_sprinkled_into_it(number):
    text = f"有意者请与我司{number}，谢谢"
    assert contacts_in(without_contacts(text)) == []
    assert without_contacts(text).startswith("有意者请与我司（联系方式略）")


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_a_plain_text_knows_where_it_was_written(text):
    told = plain(text).digits(1)
    assert len(told.text) == len(told.places)
    assert [told.at(n, n + 1) for n in range(len(told.text))] == [text[at] for at in told.places]


def test_what_stands_around_a_contact_is_kept():
    told = "做过阀座，电话 138-1234-5678，微信号：zs_2020，请回复"
    assert without_contacts(told) == "做过阀座，电话 （联系方式略），（联系方式略），请回复"
