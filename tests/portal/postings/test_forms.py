"""What a list in the form shows is read back as what it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rongtong.match.words import words
from rongtong.portal.postings.forms import ListField

Known = Callable[[str], str | None]
FIELDS: list[tuple[Known, str]] = [
    (known, one)
    for known, ids in (
        (words().kind_of, [one.id for one in words().kinds]),
        (words().certificate_of, [one.id for one in words().certificates]),
        (words().title_of, list(words().titles)),
    )
    for one in ids
]


@pytest.mark.parametrize(("known", "one"), FIELDS)
def test_every_word_of_the_vocabulary_comes_back_as_itself(known: Known, one: str) -> None:
    field = ListField(known)
    assert field.clean(field.prepare_value([one])) == [one]


@pytest.mark.parametrize("at", range(0, len(FIELDS), 3))
def test_and_so_do_several_of_them_together(at: int) -> None:
    told = [one for known, one in FIELDS[at : at + 3] if known == FIELDS[at][0]]
    field = ListField(FIELDS[at][0])
    assert field.clean(field.prepare_value(told)) == told
