"""Every message has its English, and no English is left without a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import rongtong

SOURCE = Path(rongtong.__file__).parent
KEYWORDS = {"_": None, "mark": None, "translate": None}


@pytest.fixture(scope="module")
def messages() -> set[str]:
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {text for _file, _line, text, _comments, _context in found if isinstance(text, str)}


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (SOURCE / "locale" / "en.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w*\}", text)))


def test_every_message_has_its_english(messages: set[str], english: dict[str, str]) -> None:
    assert sorted(text for text in messages if not english.get(text)) == []


def test_no_english_is_stale(messages: set[str], english: dict[str, str]) -> None:
    assert sorted(set(english) - messages) == []


def test_the_english_fills_in_the_same_values(english: dict[str, str]) -> None:
    assert [text for text, chosen in english.items() if chosen and placeholders(text) != placeholders(chosen)] == []
