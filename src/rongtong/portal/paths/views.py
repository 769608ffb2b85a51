"""The page of a firm's path to qualify: for its own people, and for officers in charge of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rongtong.errors import InputError
from rongtong.portal.paths import queries
from rongtong.portal.paths.forms import AskForm
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry import current
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.queries import firm_or_404
from rongtong.portal.registry.shortcuts import own_firm_page


@require_GET
@page("assessment.view")
def home(request: Request) -> HttpResponse:
    """The path of the reader's firm."""
    return own_firm_page(request, "paths:path")


@require_GET
@page("assessment.view")
def path(request: Request, firm: str) -> HttpResponse:
    """What a firm has to do to qualify, on a day that can be moved."""
    found = firm_or_404(firm)
    require(request.user, "assessment.view", found)
    form = AskForm(_filled(request))
    asked = form.question()
    context: dict[str, Any] = {
        "firm": found,
        "form": form,
        "asked": asked,
        "title": title_of(asked.rulebook),
        "judged": asked.rulebook in settings.RULEBOOKS,
        "pending": current.pending(found.id),
        "may_file": request.user.has_perm("filings.file", found),
        "days": queries.days(),
        "later": request.GET.urlencode(),
    }
    try:
        context["answer"] = queries.answer(request.user, found, asked)
    except InputError as error:
        context["error"] = error.sentence
    return render(request, "paths/path.html", context)


@require_GET
@page("assessment.view")
def days(request: Request, firm: str) -> HttpResponse:
    """The piece of that page that says what there is to do on today's date and in the years to come."""
    found = firm_or_404(firm)
    require(request.user, "assessment.view", found)
    if not request.htmx:
        return redirect(f"{reverse('paths:path', args=[found.id])}?{request.GET.urlencode()}")
    asked = AskForm(_filled(request)).question()
    try:
        each = queries.on_each_day(found, asked)
    except InputError as error:
        return HttpResponse(error.sentence, content_type="text/plain; charset=utf-8")
    return render(request, "paths/days.html", {"firm": found, "asked": asked, "each": each})


def _filled(request: Request) -> dict[str, str]:
    """What is asked for, with what stands in the form before anything was chosen."""
    return {"rulebook": settings.RULEBOOKS[0], "purpose": "new"} | request.GET.dict()
