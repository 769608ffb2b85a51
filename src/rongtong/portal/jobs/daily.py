"""What is done once a day: at the start if it was not done yet, never twice for one day, whoever asks and restarts."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from rongtong.portal.days import today
from rongtong.portal.jobs.models import Daily


def once_a_day(work: Callable[[], object]) -> bool:
    """Do *work* unless it was done for today; whether it was done now. What fails leaves no mark and is tried again.

    The day is taken by an update, on which whoever comes second waits, in one transaction with the work.
    """
    name, day = f"{work.__module__}.{work.__qualname__}", today()
    Daily.objects.get_or_create(name=name)
    with transaction.atomic():
        open_ = Daily.objects.filter(Q(done_for=None) | Q(done_for__lt=day), name=name)
        if not open_.update(done_for=day):
            return False
        work()
    return True
