"""A list of firms says what they make and which titles they hold today, the highest first."""

from __future__ import annotations

from datetime import date

import pytest

from rongtong.portal.days import today
from rongtong.portal.registry import current
from rongtong.portal.registry.cards import Card, cards
from rongtong.portal.registry.models import Firm
from rongtong.search.listing import TIERS

pytestmark = pytest.mark.django_db


def held(day: date) -> tuple[int, list[str], str]:
    """A firm with several titles on *day*, what it holds, and its product, as the snapshot says by itself."""
    with current.snapshot().connect() as connection:
        return connection.execute(
            """SELECT n, list(DISTINCT kind ORDER BY kind), any_value(main_product)
            FROM list_titles JOIN firms USING (n)
            WHERE valid_until >= $1 AND granted_on <= $1 GROUP BY n HAVING count(DISTINCT kind) > 1
            ORDER BY count(DISTINCT kind) DESC, n LIMIT 1""",
            [day],
        ).fetchone()


def test_titles_in_force_stand_by_rung_and_then_by_name():
    n, kinds, product = held(today())
    firm = Firm.objects.get(n=n).id
    rungs = [one for one in TIERS if one in kinds] + sorted(set(kinds) - set(TIERS))
    assert cards([firm, "fNobody"]) == {firm: Card(product or "", rungs)}


def test_a_title_that_is_over_is_not_held(settings, own_firm):
    settings.BUSINESS_DAY = date(2099, 1, 1)
    assert cards([own_firm.id])[own_firm.id].titles == []


def test_the_directory_shows_them(client, own_firm):
    shown = client.get("/firms/", {"q": own_firm.uscc})
    card = cards([own_firm.id])[own_firm.id]
    text = shown.content.decode()
    assert (shown.context["cards"], [one in text for one in [*card.titles[:2], card.product]]) == (
        {own_firm.id: card},
        [True] * (len(card.titles[:2]) + 1),
    )
