"""What is done without anybody asking: firms found for needs; what came of a contract, after 3, 6 and 12 months."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.introductions import finding, telling
from rongtong.portal.introductions.models import ASKED_AFTER, Figure, Introduction, Side
from rongtong.portal.introductions.queries import asked, months_gone
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, enqueue, kind
from rongtong.portal.notifications.models import Notification
from rongtong.portal.notifications.operations import key_of

#: No month is shorter.
SHORTEST = timedelta(days=28)


@kind("find")
def find(*, job: Job, progress: Progress) -> dict[str, Any]:
    """Find firms for the needs that wait for it; twice is once."""
    del job
    progress(_("建立对接索引"), 0.1)
    return {"needs": finding.find(finding.waiting())}


def want_found() -> Job | None:
    """Have firms found for the needs that wait for it, unless that is asked."""
    asked_for = Job.objects.filter(kind="find", state__in=(Job.State.WAITING, Job.State.RUNNING))
    return None if asked_for.exists() or not finding.waiting() else enqueue("find", made_by=None)


def ask() -> int:
    """Ask the sides of every contract what came of it, each time once; how many times were asked about."""
    told = set(Notification.objects.filter(wording=telling.OUTCOME).values_list("key", flat=True))
    latest = today() - ASKED_AFTER[0] * SHORTEST
    contracts = Figure.objects.filter(kind=Figure.Kind.CONTRACTED, day__lte=latest)
    stand = contracts.exclude(introduction__in=Introduction.objects.gone())
    due = [
        (one.introduction, months)
        for one in stand.select_related("introduction", "introduction__need")
        for months in months_gone(one)
        if key_of(telling.OUTCOME, one.introduction_id, months) not in told
    ]
    with transaction.atomic():
        for introduction, months in due:
            for side in Side.values:
                if months in asked(introduction, side):
                    telling.asked(introduction, side, months)
    return len(due)
