"""Meetings: the list, entering one, its lines, and its introductions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.design.forms import checked, told_on
from rongtong.portal.design.tables import show
from rongtong.portal.meetings import operations, queries
from rongtong.portal.meetings.forms import AnswerForm, ColumnForm, MeetingForm, columns
from rongtong.portal.meetings.models import OUTSIDE, Line, Meeting
from rongtong.portal.meetings.tables import LineTable, MeetingTable
from rongtong.portal.people.access import Request, page, require


@require_GET
@page("meetings.enter")
def meetings(request: Request) -> HttpResponseBase:
    """Every meeting and what came of it."""
    return show(request, "meetings/meetings.html", MeetingTable(queries.of(request.user)), name="专场对接会")


@require_http_methods(["GET", "POST"])
@page("meetings.enter")
def new(request: Request) -> HttpResponse:
    """Enter a meeting with its sheet."""
    form = MeetingForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            made = operations.enter(actor=request.user, **form.cleaned_data)
            return redirect("meetings:meeting", made.pk)
    return render(request, "meetings/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_GET
@page("meetings.view")
def meeting(request: Request, number: int) -> HttpResponseBase:
    """One meeting: what a person must answer first, then what can be introduced, then every line."""
    held = _held(request, number)
    asked, ready = queries.questions(held), len(operations.ready(held))
    context = {
        "held": held, "questions": asked, "ready": ready, "outside": OUTSIDE, "columns": columns(),
        "follows": [one for one in Line.Follows.choices if one[0] not in ("", Line.Follows.UNREAD)],
    }  # fmt: skip
    return show(request, "meetings/meeting.html", LineTable(queries.lines(held)), name="对接会签到", **context)


@require_POST
@page("meetings.view")
def answer(request: Request, number: int) -> HttpResponse:
    """Say which firm and which need a row is."""
    held = _held(request, number)
    form = AnswerForm(request.POST, meeting=held)

    def done() -> str:
        operations.answer(actor=request.user, meeting=held, **checked(form).answer())
        return ""

    _told(request, done)
    return redirect("meetings:meeting", number)


@require_POST
@page("meetings.view")
def column(request: Request, number: int) -> HttpResponse:
    """Say what a column of the sheet is."""
    held, form = _held(request, number), ColumnForm(request.POST)

    def done() -> str:
        operations.name_column(actor=request.user, meeting=held, **checked(form).cleaned_data)
        return ""

    _told(request, done)
    return redirect("meetings:meeting", number)


@require_POST
@page("meetings.view")
def introduce(request: Request, number: int) -> HttpResponse:
    """Make the introductions."""
    held = _held(request, number)

    def done() -> str:
        counts = operations.introduce(actor=request.user, meeting=held)
        told = _("新增对接 {made} 条，以前已对接 {known} 条，需求已关闭 {closed} 条")
        return told.format(made=counts["made"], known=counts["known"], closed=counts["closed"])

    _told(request, done)
    return redirect("meetings:meeting", number)


def _held(request: Request, number: int) -> Meeting:
    held = get_object_or_404(Meeting.objects.select_related("job"), pk=number)
    require(request.user, "meetings.view", held)
    return held


def _told(request: Request, do: Callable[[], str]) -> None:
    try:
        if text := do():
            messages.success(request, text, "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
