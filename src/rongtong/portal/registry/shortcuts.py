"""From a tab to the page of the one firm that somebody acts for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rongtong.portal.people.access import Request
from rongtong.portal.registry.queries import own_firms


def own_firm_page(request: Request, view: str) -> HttpResponse:
    """The page *view* of the firm that the reader acts for, asked what this one was asked.

    It is the first of several firms; the claim page when there is none.
    """
    firm = own_firms(request.user).first()
    if firm is None:
        return redirect("people:claim")
    asked = request.GET.urlencode()
    return redirect(reverse(view, args=[firm.id]) + (f"?{asked}" if asked else ""))
