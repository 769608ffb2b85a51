"""Verdicts on all firms by a rulebook that settling does not judge by: worked out when a list is first asked for.

In the background, once for a snapshot; they stand among the results of the current snapshot until the next is settled.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from rongtong import facts, qualify
from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, enqueue
from rongtong.portal.people.models import User
from rongtong.portal.registry import current, wanting
from rongtong.portal.registry.models import Current

KIND = "assess-rulebook"


def ready(rulebook: str) -> bool:
    """Whether the current snapshot has been judged by it. Raises InputError before anything was imported."""
    return rulebook in current.pointer().results


def job(rulebook: str) -> Job | None:
    """The work on the current snapshot that is under way, or how the last of it ended."""
    asked = {"arguments__rulebook": rulebook, "arguments__snapshot": current.pointer().snapshot}
    return Job.objects.filter(kind=KIND, **asked).order_by("-pk").first()


def wanted(rulebook: str, by: User) -> Job:
    """Have it worked out, unless somebody has asked already; what failed is left to be tried again."""
    under_way = job(rulebook)
    if under_way and (under_way.is_open or under_way.state == Job.State.FAILED):
        return under_way
    return enqueue(KIND, made_by=by, rulebook=rulebook, snapshot=current.pointer().snapshot)


def work_out(rulebook: str, snapshot: str, progress: Progress) -> None:
    """Judge every firm of *snapshot*, and let pages show it as long as that is the current one."""
    progress(_("按“{rulebook}”预审", rulebook=rulebook), 0.1)
    known = facts.Snapshot(settings.HOME / "snapshots" / snapshot)
    made = qualify.assess(known, rulebook, as_of=today(), out=settings.HOME / "results")
    progress(_("更新页面"), 0.8)
    wanting.keep(made)
    with transaction.atomic():
        for shown in Current.objects.select_for_update().filter(snapshot=snapshot):
            shown.results[rulebook] = str(made.manifest["id"])
            shown.save(update_fields=["results"])
