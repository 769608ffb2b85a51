"""Settling in the background: a snapshot of the journal's state, its verdicts, the projections, the pointer."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from rongtong import qualify, search
from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.registry import projections, wanting
from rongtong.portal.registry.current import alliance, search_folder
from rongtong.portal.registry.models import Current


@kind("settle")
def settle(*, job: Job, progress: Progress) -> dict[str, Any]:
    """Make the snapshot of what is in force and let pages show it; twice is once."""
    del job
    return refresh(progress)


def refresh(progress: Progress) -> dict[str, Any]:
    """Settle, assess by every rulebook of the settings, rebuild the projections; the pointer moves last."""
    head, day = alliance().state().head, today()
    snapshot = alliance().settle(progress=lambda step, share: progress(step, share * 0.5))
    results = {}
    for number, rulebook in enumerate(settings.RULEBOOKS):
        progress(_("按“{rulebook}”预审", rulebook=rulebook), 0.5 + 0.3 * number / len(settings.RULEBOOKS))
        made = qualify.assess(snapshot, rulebook, as_of=day, out=settings.HOME / "results")
        wanting.keep(made)
        results[rulebook] = str(made.manifest["id"])
    progress(_("建立检索"), 0.8)
    search.build(snapshot, search_folder(snapshot.id))
    progress(_("更新页面"), 0.9)
    shown = set(Current.objects.values_list("snapshot", flat=True))  # a page begun before may still read its index
    projections.rebuild(snapshot, head, results)
    search.prune(search_folder(snapshot.id).parent, {snapshot.id, *shown})
    return {"snapshot": snapshot.id, "firms": snapshot.manifest["counts"]["firms"]}
