"""The public home, and the workbench."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongtong.portal.desk import queries
from rongtong.portal.people.access import Request, page, public


@require_GET
@public
def home(request: HttpRequest) -> HttpResponse:
    """The front of the house, for everybody."""
    return render(request, "desk/home.html")


@require_GET
@page("desk.view")
def today(request: Request) -> HttpResponse:
    """What waits for me."""
    return render(request, "desk/today.html", {"waiting": queries.waiting(request.user)})
