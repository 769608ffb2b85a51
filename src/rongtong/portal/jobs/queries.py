"""Reads of jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from rongtong.portal.jobs.models import Job
from rongtong.portal.people.models import User


def mine(user: User) -> QuerySet[Job]:
    """The jobs that *user* made, the latest first."""
    return Job.objects.filter(made_by=user)
