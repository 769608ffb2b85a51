"""Every message has its English, and no English is left without a message."""

from __future__ import annotations

import re

import pytest

import messages as found


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return found.of_code() | found.of_templates()


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return found.english()


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w*\}|%\(\w+\)s", text)))


def test_every_message_has_its_english(messages: set[str], english: dict[str, str]) -> None:
    assert sorted(text for text in messages if not english.get(text)) == []


def test_no_english_is_stale(messages: set[str], english: dict[str, str]) -> None:
    assert sorted(set(english) - messages) == []


def test_the_english_fills_in_the_same_values(english: dict[str, str]) -> None:
    assert [text for text, chosen in english.items() if chosen and placeholders(text) != placeholders(chosen)] == []
