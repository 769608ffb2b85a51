"""A job's progress, cancelling and retrying it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rongtong.portal.jobs import operations
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.access import Request, page, require

ENDED = 286  # tells htmx to stop asking


@require_GET
@page("jobs.view")
def progress(request: Request, number: int) -> HttpResponse:
    """The job as a page, or as the piece of a page that refreshes itself until the job has ended."""
    job = get_object_or_404(Job, pk=number)
    require(request.user, "jobs.view", job)
    if not request.htmx:
        return render(request, "jobs/job.html", {"job": job})
    answer = render(request, "jobs/progress.html", {"job": job}, status=200 if job.is_open else ENDED)
    if not job.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@page("jobs.change")
def cancel(request: Request, number: int) -> HttpResponse:
    """Ask the job to stop."""
    operations.cancel(actor=request.user, job=get_object_or_404(Job, pk=number))
    return redirect("jobs:progress", number)


@require_POST
@page("jobs.change")
def retry(request: Request, number: int) -> HttpResponse:
    """Start the job again."""
    operations.retry(actor=request.user, job=get_object_or_404(Job, pk=number))
    return redirect("jobs:progress", number)
