"""Titles held against the rulebooks, in the background."""

from __future__ import annotations

from typing import Any

from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.titles import lasting


@kind(lasting.KIND)
def work_out(*, job: Job, progress: Progress) -> dict[str, Any]:
    """Judge every title that runs out within a year on the day on which it does."""
    del job
    return {"titles": lasting.work_out(progress)}
