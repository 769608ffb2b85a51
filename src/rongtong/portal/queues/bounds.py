"""The page of bounds: how many questions for how many errors, another point chosen, decisions made to teach."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.facts.snapshot import Row
from rongtong.portal.design.forms import checked
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.jobs.models import Job
from rongtong.portal.people.access import Request, page
from rongtong.portal.queues import judging, latest, operations
from rongtong.portal.queues.forms import BoundsForm, TaughtForm
from rongtong.portal.queues.tables import BoundsTable


@require_GET
@page("queues.bounds")
def bounds(request: Request) -> HttpResponseBase:
    """The curve, what is in force, and what decisions taught last."""
    points = judging.points()
    if form := form_of(request):
        return export(BoundsTable(points), "查重门槛", form)
    job = judging.latest()
    context = {
        "points": points,
        "curve": _curve(points),
        "in_force": judging.in_force(),
        "job": job,
        "may_see_job": job is not None and request.user.has_perm("jobs.view", job),
        "taught": job.result if job and job.state == Job.State.DONE else None,
        "may_decide": request.user.has_perm("queues.see"),
        "may_choose": request.user.has_perm("queues.set_bounds"),
    }
    return render(request, "queues/bounds.html", context)


def _curve(points: list[Row]) -> list[tuple[float, float, str, bool]]:
    """The points as a curve has them; none where all are alike, for then there is nothing to choose."""
    placed = list(map(_on_curve, points))
    return placed if len({place[:2] for place in placed}) > 1 else []


def _on_curve(point: Row) -> tuple[float, float, str, bool]:
    """Questions and errors of a point, its bounds, and whether it is chosen."""
    wrong = point["wrong"] + point["missed"]
    return point["questions"], wrong, f"{point['low']}–{point['high']}", point["chosen"]


@require_POST
@page("queues.set_bounds")
def choose(request: Request) -> HttpResponse:
    """Choose another point."""
    form = checked(BoundsForm(request.POST))
    return _entered(request, lambda: operations.bound(actor=request.user, **form.cleaned_data))


@require_POST
@page("queues.set_bounds")
def teach(request: Request) -> HttpResponse:
    """Have decisions teach, in the background."""
    operations.teach(actor=request.user)
    return redirect("queues:bounds")


@require_POST
@page("queues.set_bounds")
def use(request: Request) -> HttpResponse:
    """Switch on what decisions taught."""
    form = checked(TaughtForm(request.POST))
    job = get_object_or_404(Job, pk=form.cleaned_data["job"], kind=judging.KIND)
    return _entered(request, lambda: operations.use(actor=request.user, job=job))


def _entered(request: Request, enter: Callable[[], int]) -> HttpResponse:
    try:
        entry = enter()
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        messages.success(request, format_html(_("已记入台账第 {} 条，页面稍后更新"), entry), "yes")
        latest.remember(request, entry)
    return redirect("queues:bounds")
