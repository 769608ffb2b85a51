"""What is asked without anybody doing something: what came of a contract, after 3, 6 and 12 months."""

from __future__ import annotations

from django.db import transaction

from rongtong.portal.days import months_after, today
from rongtong.portal.introductions import telling
from rongtong.portal.introductions.models import ASKED_AFTER, Figure, Side
from rongtong.portal.introductions.queries import asked
from rongtong.portal.notifications.models import Notification
from rongtong.portal.notifications.operations import key_of


def ask() -> int:
    """Ask the sides of every contract what came of it, each time once; how many times were asked about."""
    told = set(Notification.objects.filter(wording=telling.OUTCOME).values_list("key", flat=True))
    contracts = Figure.objects.filter(kind=Figure.Kind.CONTRACTED, day__lte=months_after(today(), -ASKED_AFTER[0]))
    due = [
        (one.introduction, months)
        for one in contracts.exclude(introduction__state="ended").select_related("introduction", "introduction__need")
        for months in ASKED_AFTER
        if months_after(one.day, months) <= today() and key_of(telling.OUTCOME, one.introduction_id, months) not in told
    ]
    with transaction.atomic():
        for introduction, months in due:
            for side in Side.values:
                if months in asked(introduction, side):
                    telling.asked(introduction, side, months)
    return len(due)
