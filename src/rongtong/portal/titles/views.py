"""Duties by deadline, reminding many at once, one firm's duties and what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.facts.snapshot import Row
from rongtong.portal.days import today
from rongtong.portal.design.forms import checked
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.people.operations import token_of
from rongtong.portal.registry.current import ids_of
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import firm_or_404
from rongtong.portal.registry.rows import Data
from rongtong.portal.registry.shortcuts import own_firm_page
from rongtong.portal.titles import lasting, operations, queries
from rongtong.portal.titles.forms import CallForm, ChangeForm, FilterForm, TickForm
from rongtong.portal.titles.models import Change
from rongtong.portal.titles.tables import DueTable

PIECE = 50


@require_GET
@page("titles.list")
def due(request: Request) -> HttpResponseBase:
    """What runs out and when, by district; tick and remind."""
    form = FilterForm(request.GET)
    asked = form.question()
    found = queries.due(request.user, asked)
    if as_file := form_of(request):
        return export(DueTable(Data(found)), "到期与催办", as_file)
    pages: Paginator[Row] = Paginator(found, PIECE)  # type: ignore[arg-type]  # counts and slices as a queryset does
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": queries.with_chasing(list(shown.object_list)),
        "shown": shown,
        "districts": queries.by_district(request.user, asked),
        "asked": asked,
        "changes": queries.changes_named(request.user),
    }
    return render(request, "titles/due.html", context)


@require_POST
@page("titles.chase")
def remind(request: Request) -> HttpResponse:
    """Remind the firms that were ticked, and give the text for the WeChat group."""
    made, ticked = [], [checked(TickForm.of(one)) for one in request.POST.getlist("ticked")]
    for form in ticked:
        firm = firm_or_404(form.cleaned_data.pop("firm"))
        reminder = operations.remind(actor=request.user, firm=firm, **form.cleaned_data)
        path = reverse("people:link", args=[token_of(reminder.link)]) if reminder.link else ""
        made.append({"firm": firm, "reminder": reminder, "link": request.build_absolute_uri(path) if path else ""})
    if not made:
        messages.error(request, _("请先勾选要催办的企业"), "no")
        return redirect("titles:due")
    return render(request, "titles/reminded.html", {"made": made, "today": today()})


@require_GET
@page("titles.view")
def home(request: Request) -> HttpResponse:
    """What the reader's firm owes."""
    return own_firm_page(request, "titles:firm")


@require_GET
@page("titles.view")
def firm(request: Request, firm: str) -> HttpResponse:
    """What a firm owes, and what was done about it."""
    found = firm_or_404(firm)
    require(request.user, "titles.view", found)
    if found.id in request.user.firms and queries.unread(found):
        operations.read(actor=request.user, firm=found)
    return _shown(request, found)


def _shown(request: Request, firm: Firm, **wrong: forms.Form) -> HttpResponse:
    """The page of a firm's duties; with a form that cannot be taken as it was filled in, it says so there."""
    stands = {(one["kind"], one["due"]): one for one in lasting.of_firm(firm)}
    context: dict[str, Any] = {
        "firm": firm,
        "duties": [
            one | {"text": queries.duty_of(one["duty"]).told, "stands": stands.get((one["kind"], one["due"]))}
            for one in queries.of_firm(firm)
        ],
        "changes": Change.objects.filter(firm__in=ids_of(firm.id)),
        "may_chase": request.user.has_perm("titles.chase", firm),
        "may_file": request.user.has_perm("filings.file", firm),
    }
    if context["may_chase"]:
        context |= {"call": CallForm(), "change": ChangeForm(), "history": queries.history(firm)} | wrong
    return render(request, "titles/firm.html", context, status=422 if wrong else 200)


@require_POST
@page("titles.chase")
def call(request: Request, firm: str) -> HttpResponse:
    """Note a call."""
    return _noted(request, firm, operations.log_call, call=CallForm(request.POST))


@require_POST
@page("titles.chase")
def change(request: Request, firm: str) -> HttpResponse:
    """Note a change."""
    return _noted(request, firm, operations.note_change, change=ChangeForm(request.POST))


def _noted(request: Request, firm: str, note: Callable[..., object], **filled: forms.Form) -> HttpResponse:
    """What the form that was *filled* says of a firm is noted, or the page shows what is wrong with it."""
    found, [form] = firm_or_404(firm), filled.values()
    require(request.user, "titles.chase", found)
    if not form.is_valid():
        return _shown(request, found, **filled)
    note(actor=request.user, firm=found, **form.cleaned_data)
    return redirect("titles:firm", found.id)


@require_POST
@page("titles.chase")
def reported(request: Request, number: int) -> HttpResponse:
    """A change was reported."""
    found = get_object_or_404(Change, pk=number)
    operations.reported(actor=request.user, change=found, on=today())
    return redirect("titles:firm", found.firm)
