"""Firms, members and titles in force are three counts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from rongtong.portal.desk.figures import figures
from rongtong.portal.membership.models import Member
from rongtong.portal.registry.models import Firm

pytestmark = pytest.mark.django_db


def test_firms_members_and_titles_are_three_counts(own_firm, far_firm):
    Member.objects.create(firm=own_firm.id)
    Member.objects.create(firm=far_firm.id, left=date(2022, 1, 1))
    found = figures()
    assert (found.firms, found.members, found.titles["市级专精特新"]) == (Firm.objects.count(), 1, 107)


def test_the_page_shows_each_under_its_own_name(client, own_firm):
    Member.objects.create(firm=own_firm.id)
    shown = re.findall(r"<span>([^<]+)</span><b>(\d+)</b>", client.get("/").content.decode())
    assert shown == [
        ("在册企业", str(Firm.objects.count())), ("联盟会员", "1"),
        ("专精特新小巨人", "2"), ("省级专精特新", "4"), ("市级专精特新", "107"),
    ]  # fmt: skip


def test_a_title_counts_on_its_last_day_and_not_on_the_next(settings):
    counts = []
    for settings.BUSINESS_DAY in (date(2025, 8, 8), date(2025, 8, 9)):
        counts.append(figures().titles["专精特新小巨人"])
    assert counts == [2, 0]
