"""The doubtful rows of a list are decided one after the other; each decision stays."""

from __future__ import annotations

import pytest

from rongtong.portal.comparison import operations
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.people.models import Role


@pytest.fixture
def held(person) -> Comparison:
    return Comparison.objects.create(file="x.csv", name="x.csv", made_by=person(Role.DISTRICT_OFFICER))


@pytest.fixture
def decide(held, person):
    """Decide a row on a page that was opened before anything was decided."""

    def say(row: int, firm: str) -> dict[str, str]:
        operations.decide(actor=person(Role.DISTRICT_OFFICER), held=held, row=row, firm=firm)
        return Comparison.objects.get(pk=held.pk).decided

    return say


def test_a_row_and_then_another_keep_both(held, decide, person):
    decide(2, "f1")
    stale = Comparison(pk=held.pk, made_by=held.made_by)
    operations.decide(actor=person(Role.DISTRICT_OFFICER), held=stale, row=3, firm="")
    assert Comparison.objects.get(pk=held.pk).decided == {"2": "f1", "3": ""}


def test_a_row_decided_again_is_as_decided_last(decide):
    decide(2, "f1")
    assert decide(2, "f2") == {"2": "f2"}
