"""Trying a draft in the background."""

from __future__ import annotations

from typing import Any

from rongtong.portal.authoring import trying
from rongtong.portal.authoring.models import Draft
from rongtong.portal.authoring.operations import TRY
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind


@kind(TRY)
def try_out(*, job: Job, progress: Progress, draft: int, sha256: str, purpose: str = "new") -> dict[str, Any]:
    """Judge every firm by the text *sha256* of a draft, and by the official edition that it is compared with."""
    return trying.run(draft, job.pk, sha256, Draft.objects.get(pk=draft).based_on, progress, purpose=purpose)
