"""The officer's handbook shows pictures that there are, and quotes what pages say."""

from __future__ import annotations

import re
from pathlib import Path

import messages

DOCS = Path(__file__).parents[1] / "docs"
TEXT = (DOCS / "handbook.zh.md").read_text(encoding="utf-8")
MOST = 200_000


def test_every_picture_is_there_and_light():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert pictures != []
    assert [one for one in pictures if not (DOCS / one).is_file() or (DOCS / one).stat().st_size > MOST] == []


def test_every_picture_of_the_handbook_is_used():
    kept = {f"images/journeys/{one.name}" for one in (DOCS / "images" / "journeys").glob("handbook-*.png")}
    assert kept - set(re.findall(r"\(([^)]+\.png)\)", TEXT)) == set()


def test_every_quoted_word_stands_on_a_page():
    said = {re.sub(r"%\(\w+\)s|\{\w+\}", "N", one) for one in messages.of_code() | messages.of_templates()}
    quoted = set(re.findall(r"「([^」]+)」", TEXT))
    assert quoted != set()
    assert sorted(quoted - said) == []
