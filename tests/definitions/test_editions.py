"""Which edition applies: both the first and the last day of force are included."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from rongtong.definitions.editions import InForce, application_date, choose
from rongtong.errors import InputError
from rongtong.qualify import shelf

OLD = InForce.model_validate({"purpose": "new", "from": "2022-08-01", "until": "2026-03-31"})
NEW = InForce.model_validate({"purpose": "new", "from": "2026-04-01"})
EDITIONS = [
    SimpleNamespace(id="cn/x", edition="old", in_force=(OLD,)),
    SimpleNamespace(id="cn/x", edition="new", in_force=(NEW,)),
]


@pytest.mark.parametrize(
    ("day", "edition"),
    [("2022-08-01", "old"), ("2026-03-31", "old"), ("2026-04-01", "new"), ("2099-12-31", "new")],
)
def test_the_edition_of_a_day(day: str, edition: str) -> None:
    assert choose(EDITIONS, edition=None, purpose="new", as_of=date.fromisoformat(day)).edition == edition


@pytest.mark.parametrize(("day", "purpose"), [("2022-07-31", "new"), ("2026-03-31", "review")])
def test_no_edition(day: str, purpose: str) -> None:
    with pytest.raises(InputError, match="没有适用的版本"):
        choose(EDITIONS, edition=None, purpose=purpose, as_of=date.fromisoformat(day))


def test_two_editions_at_once_are_not_chosen_between() -> None:
    with pytest.raises(InputError, match="几个版本同时适用"):
        choose([*EDITIONS, EDITIONS[0]], edition=None, purpose="new", as_of=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("name", "purpose", "day", "applies"),
    [
        ("cn/srdi-sme", "new", "2022-07-31", False), ("cn/srdi-sme", "new", "2022-08-01", True),
        ("cn/srdi-sme", "new", "2026-03-31", True), ("cn/srdi-sme", "new", "2026-04-01", False),
        ("cn/srdi-sme", "review", "2022-07-31", False), ("cn/srdi-sme", "review", "2026-04-01", True),
        ("cn/innovative-sme", "new", "2022-07-31", False), ("cn/innovative-sme", "new", "2026-04-01", True),
        ("cn/innovative-sme", "review", "2022-07-31", False), ("cn/innovative-sme", "review", "2026-04-01", True),
    ],
)  # fmt: skip  # read by rows
def test_the_days_of_force_of_the_rulebooks_of_2022(name: str, purpose: str, day: str, applies: bool) -> None:
    (book,) = (one for one in shelf.editions(name) if one.edition == "2022")
    assert any(one.covers(purpose, date.fromisoformat(day)) for one in book.in_force) is applies


@pytest.mark.parametrize("given", ["0001-01-01", "9999-12-31", date(9999, 12, 31)])
def test_a_day_on_which_nobody_applies_is_refused(given: date | str) -> None:
    with pytest.raises(InputError, match="没有这样的申请日期"):
        application_date(given, {})
