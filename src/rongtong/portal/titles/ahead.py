"""The page of titles that will not stand their re-examination as things are: a year ahead, with the way out of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongtong.portal.design.tables import show
from rongtong.portal.people.access import Request, page
from rongtong.portal.registry.rows import Data
from rongtong.portal.titles import lasting
from rongtong.portal.titles.forms import LastingForm
from rongtong.portal.titles.tables import LastingTable


@require_GET
@page("titles.list")
def ahead(request: Request) -> HttpResponseBase:
    """Titles that run out within a year, held against the rulebook of their re-examination."""
    job = lasting.wanted(request.user)
    if not lasting.ready():
        may_see = job is not None and request.user.has_perm("jobs.view", job)
        return render(request, "titles/ahead.html", {"job": job, "may_see_job": may_see})
    form = LastingForm(request.GET)
    asked = form.question()
    table = LastingTable(Data(lasting.found(request.user, asked)))
    context: dict[str, Any] = {"form": form, "asked": asked, "counts": lasting.counts(request.user), "ready": True}
    return show(request, "titles/ahead.html", table, name="到期复核预警", **context)
