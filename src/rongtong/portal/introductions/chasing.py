"""What is stuck and whom to call: reminders, calls, and whether they were seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.design.forms import checked
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.introductions import listing, operations, progress, queries
from rongtong.portal.introductions.forms import CallForm, TickForm
from rongtong.portal.introductions.models import Call, Introduction, Reminder, Side
from rongtong.portal.introductions.queries import Person
from rongtong.portal.introductions.tables import StuckTable
from rongtong.portal.people.access import Request, page
from rongtong.portal.people.models import User
from rongtong.portal.people.operations import token_of

R = TypeVar("R")


@dataclass(frozen=True)
class Waits:
    """A side that an introduction waits for: whom to ask, and when it was reminded and called last."""

    side: str
    person: Person | None
    reminder: Reminder | None
    call: Call | None

    @property
    def label(self) -> str:
        """What the side is called."""
        return str(Side(self.side).label)


@dataclass(frozen=True)
class Stuck:
    """What has stood still for too long, the sides it waits for, and what both have told differently."""

    row: listing.Row
    waits: list[Waits]
    differing: list[str]


@require_GET
@page("introductions.chase")
def stuck(request: Request) -> HttpResponseBase:
    """What has stood still for too long, whom to call, and whether they have seen it."""
    found = list(_stuck(request.user))
    if form := form_of(request):
        return export(
            StuckTable([(one.row, each, one.differing) for one in found for each in one.waits]), "停滞的对接", form
        )
    shown = [one.row.introduction for one in found if any(each.person and each.person.open for each in one.waits)]
    if shown:
        operations.look_up(actor=request.user, introductions=[one.pk for one in shown])
    return render(request, "introductions/stuck.html", {"rows": found, "call": CallForm()})


def _stuck(user: User) -> Iterator[Stuck]:
    found = queries.stuck(user).prefetch_related("reminders", "calls", "steps")
    for row in listing.rows(user, found):
        one = row.introduction
        waits = [
            Waits(side, queries.person(user, one, side, getattr(row, side)), *_last(one, side)) for side in row.waits
        ]
        yield Stuck(row, waits, progress.differing(one))


def _last(introduction: Introduction, side: str) -> tuple[Reminder | None, Call | None]:
    """The last reminder and the last call of a side."""
    reminders = (one for one in introduction.reminders.all() if one.side == side)
    calls = (one for one in introduction.calls.all() if one.side == side)
    return next(reminders, None), next(calls, None)


@require_POST
@page("introductions.chase")
def remind(request: Request) -> HttpResponse:
    """Remind the sides that were ticked, and give the texts for WeChat."""
    ticked, made = _ticked(request), list[dict[str, Any]]()
    try:
        made = _each(ticked, partial(_reminded, request))
    except InputError as error:
        messages.error(request, _("没有催办任何一家：{why}").format(why=error.sentence), "no")
    if not made:
        return redirect("introductions:stuck")
    return render(request, "introductions/reminded.html", {"made": made, "today": today()})


@require_POST
@page("introductions.chase")
def called(request: Request) -> HttpResponse:
    """Note that the sides that were ticked have been called."""
    ticked, form = _ticked(request), checked(CallForm(request.POST))
    note = partial(operations.call, actor=request.user, note=form.cleaned_data["note"])
    if made := _each(ticked, lambda held, side: note(introduction=held, side=side)):
        messages.success(request, _("已记下 {n} 次电话联系").format(n=len(made)), "yes")
    return redirect("introductions:stuck")


@transaction.atomic
def _each(ticked: list[dict[str, Any]], act: Callable[[Introduction, str], R]) -> list[R]:
    """Act for every side that was ticked, once, or for none of them; all are held before the first is."""
    sides = dict.fromkeys((one["introduction"], one["side"]) for one in ticked)
    rows = Introduction.objects.select_for_update().filter(pk__in={number for number, _side in sides})
    found = {one.pk: one for one in rows.order_by("pk")}
    if any(number not in found for number, _side in sides):
        raise Http404
    return [act(found[number], side) for number, side in sides]


def _ticked(request: Request) -> list[dict[str, Any]]:
    """The sides that were ticked, which somebody is told of who ticked none."""
    forms = [checked(TickForm.of(one)) for one in request.POST.getlist("ticked")]
    if not forms:
        messages.error(request, _("请先勾选要催办的企业"), "no")
    return [form.cleaned_data for form in forms]


def _reminded(request: Request, held: Introduction, side: str) -> dict[str, Any]:
    reminder = operations.remind(actor=request.user, introduction=held, side=side)
    row = listing.rows(request.user, [held])[0]
    path = reverse("people:link", args=[token_of(reminder.link)]) if reminder.link else ""
    link = request.build_absolute_uri(path) if path else ""
    return {"firm": getattr(row, side), "side": Side(side).label, "reminder": reminder, "link": link, "one": held}
