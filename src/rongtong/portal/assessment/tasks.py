"""Judging by a rulebook in the background."""

from __future__ import annotations

from typing import Any

from rongtong.portal.assessment import judging
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind


@kind(judging.KIND)
def judge(*, job: Job, progress: Progress, rulebook: str, snapshot: str) -> dict[str, Any]:
    """Judge every firm by a rulebook that settling does not judge by."""
    del job
    judging.work_out(rulebook, snapshot, progress)
    return {"rulebook": rulebook}
