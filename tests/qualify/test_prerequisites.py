"""A title that must be held and valid on the day of application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rongtong import qualify
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot

BOOK = Path(__file__).parent / "rulebooks" / "prerequisite.yaml"
COMPLETE = {"titles!from": 1949, "titles!to": 2022}


def verdict(tmp_path: Path, **facts: Any) -> str:
    frozen = snapshot(tmp_path / "s", [{"staff[2021]": 10, **facts}])
    return next(qualify.assess(frozen, BOOK, as_of="2022-10-31").rows())["verdict"]


def title(granted_on: str, valid_until: str) -> list[dict[str, str]]:
    return [{"kind": "创新型中小企业", "granted_on": granted_on, "valid_until": valid_until}]


def test_a_valid_title_qualifies(tmp_path: Path) -> None:
    assert verdict(tmp_path, titles=title("2022-10-31", "2025-10-30")) == "qualified"


def test_a_missing_title_in_a_complete_list_does_not(tmp_path: Path) -> None:
    assert verdict(tmp_path, **COMPLETE) == "not_qualified"


def test_an_expired_title_in_a_complete_list_does_not(tmp_path: Path) -> None:
    assert verdict(tmp_path, titles=title("2019-10-31", "2022-10-30"), **COMPLETE) == "not_qualified"


def test_an_expired_title_leaves_open_whether_there_is_a_newer_one(tmp_path: Path) -> None:
    assert verdict(tmp_path, titles=title("2019-10-31", "2022-10-30")) == "undetermined"


def test_nothing_known_of_titles_is_not_a_no(tmp_path: Path) -> None:
    assert verdict(tmp_path) == "undetermined"


def test_a_rulebook_that_is_not_in_force_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2023-01-01"):
        qualify.assess(snapshot(tmp_path / "s", [{}]), BOOK, as_of="2023-01-01")


def test_the_edition_follows_from_the_purpose(tmp_path: Path) -> None:
    assessment = qualify.assess(snapshot(tmp_path / "s", [{}]), BOOK, purpose="review", as_of="2023-01-01")
    assert assessment.manifest["edition"] == "1"


def test_without_a_date_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="申请日期"):
        qualify.assess(snapshot(tmp_path / "s", [{}], reference_date=None), BOOK)


def test_an_unknown_purpose_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="用途"):
        qualify.assess(snapshot(tmp_path / "s", [{}]), BOOK, purpose="renewal")


def test_an_unknown_rulebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有规则"):
        qualify.assess(snapshot(tmp_path / "s", [{}]), "cn/none")
