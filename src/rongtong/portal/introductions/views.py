"""My introductions, one of them with what can be done about it, and what both sides say to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.portal.design.files import stored
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import EXPORT, PAGE, export, form_of, show
from rongtong.portal.introductions import listing, operations, progress, queries
from rongtong.portal.introductions.forms import (
    FilterForm,
    IntentForm,
    MessageForm,
    MoveForm,
    OutcomeForm,
    TermsForm,
)
from rongtong.portal.introductions.models import Introduction, Message, flow
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.introductions.tables import IntroductionTable, MessageTable, OutcomeTable, SideTable
from rongtong.portal.notifications.operations import seen
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.people.models import OF_FIRMS
from rongtong.portal.registry.queries import by_id
from rongtong.report import figures
from rongtong.workflows import Transition

#: What a link alone does not open: whoever holds it may be another than whom it was meant for.
CLOSED_TO_LINKS = frozenset({"private_half", "contacts", "thread"})
#: How often a page that is left open asks for new messages, at the most: the thread then waits for its reader.
ASKS = 120


@require_GET
@page("introductions.list")
def mine(request: Request) -> HttpResponseBase:
    """The introductions that the reader may see, filtered; as a file with what they may know."""
    of_a_side = request.user.acts_as(*OF_FIRMS)
    form = FilterForm(request.GET, of_a_side=of_a_side)
    found = listing.found(request.user, form.question())
    if request.GET.get(EXPORT) in ("xlsx", "csv"):
        rows = list(listing.in_pieces(request.user, found, reached=of_a_side))
        return export((SideTable if of_a_side else IntroductionTable)(rows), "对接", request.GET[EXPORT])
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    every = queries.of(request.user)
    context = {
        "form": form,
        "shown": shown,
        "rows": listing.rows(request.user, shown.object_list),
        "states": listing.by_state(every),
        "total": every.count(),
        "stuck": every.filter(queries.is_stuck()).count(),
        "waiting": queries.waits_for(request.user).count() if of_a_side else 0,
        "of_a_side": of_a_side,
        "may_chase": request.user.has_perm("introductions.chase"),
        "may_assign": request.user.has_perm("introductions.assign"),
    }
    return render(request, "introductions/mine.html", context)


@require_GET
@page("introductions.view")
def introduction(request: Request, number: int) -> HttpResponse:
    """One introduction as far as the reader may see it."""
    return _shown(request, _found(request, number))


def _found(request: Request, number: int, permission: str = "introductions.view") -> Introduction:
    held = get_object_or_404(Introduction.objects.select_related("need"), pk=number)
    require(request.user, permission, held)
    return held


def _shown(request: Request, held: Introduction, terms: TermsForm | None = None, **wrong: forms.Form) -> HttpResponse:
    """The page of an introduction; with a form that cannot be taken as it was filled in, it says so there."""
    by_link, side = SESSION_KEY not in request.session, side_of(request.user, held)
    _read(request, held, side, by_link=by_link)
    may = reads(request.user, held) - (CLOSED_TO_LINKS if by_link else frozenset())
    context = {
        "one": held,
        "side": side,
        "may": may,
        "by_link": by_link,
        "stages": progress.stages(held),
        "history": progress.history(held),
        "reasons": progress.grouped(held.reasons),
        "thought_of": progress.thought_of(held),
        "may_chase": request.user.has_perm("introductions.chase", held),
        **_opened(request, held, may),
    }
    context |= _actions(request, held, side, terms) if side and not by_link else {}
    if "thread" in may and side:
        context |= {"message": MessageForm(), **_talk(request, held)}
    status = 422 if wrong or terms else 200
    return render(request, "introductions/introduction.html", context | wrong, status=status)


def _read(request: Request, held: Introduction, side: str, *, by_link: bool) -> None:
    """The reminders to a side are read by opening the page; its notices only by who is signed in."""
    if side and held.reminders.filter(side=side, read_at=None).exists():
        operations.see(actor=request.user, introduction=held)
    if not by_link:
        seen(request.user, request.path)


def _opened(request: Request, held: Introduction, may: frozenset[str]) -> dict[str, Any]:
    """Who both sides are and what they keep between them, as far as the reader *may* see it."""
    firms = by_id({held.firm, held.buyer})
    private = getattr(held.need, "private_half", None) if "private_half" in may else None
    budget = private.budget if private else None
    return {
        "buyer": firms.get(held.buyer) if "buyer" in may or held.need.named else None,
        "supplier": firms.get(held.firm) if "supplier" in may else None,
        "contacts": queries.contacts(request.user, held) if "contacts" in may else [],
        "private": private,
        "budget": None if budget is None else figures.value(budget, "money"),
        "figures": progress.figures(held) if "figures" in may else [],
        "outcomes": held.outcomes.all() if "figures" in may else [],
        "last_talk": held.messages.last() if "talk" in may else None,
    }


def _actions(request: Request, held: Introduction, side: str, terms: TermsForm | None) -> dict[str, Any]:
    """What the reader can do now, by what each asks for; *terms* are those that cannot be taken as they were told."""
    ways = queries.ways(request.user, held)
    plain = [one for one in ways if not one.alike and not one.reasons]
    alike = [_alike(held, one, side, terms) for one in ways if one.alike]
    due = queries.asked(held, side)
    return {
        "agree": [one for one in plain if one.both],
        "plain": [one for one in plain if not one.both],
        "alike": alike,
        "leaving": [one for one in ways if one.reasons],
        "waits": held.state == flow().start and "agree" in queries.answered(held, side),
        "intent": IntentForm() if queries.may_intend(request.user, held) else None,
        "asked": [(months, OutcomeForm(initial={"months": months})) for months in due],
    }


def _alike(
    held: Introduction, way: Transition, side: str, told: TermsForm | None
) -> tuple[Transition, TermsForm, list[progress.Said], bool]:
    """What both must say alike: the form, as it was told or with what the other side has said; what each has said; and
    whether the form begins with the other side's."""
    begin, theirs = progress.terms(held, way.id, side)
    said = progress.said(held, way.id, side)
    if told is not None and told.way == way:
        return way, told, said, False
    return way, TermsForm(way=way, initial=begin), said, theirs


@require_POST
@page("introductions.act")
def move(request: Request, number: int) -> HttpResponse:
    """Make a transition."""
    held, form = _found(request, number, "introductions.act"), MoveForm(request.POST)
    if not form.is_valid():
        return _done(request, held, _refuse)
    way, reason = form.cleaned_data["transition"], form.cleaned_data["reason"]
    if terms := _wrong_terms(request, held, way):
        return _shown(request, held, terms)
    return _done(
        request,
        held,
        lambda: operations.move(
            actor=request.user, introduction=held, transition=way, reason=reason, terms=form.terms()
        ),
    )


def _wrong_terms(request: Request, held: Introduction, transition: str) -> TermsForm | None:
    """The terms of *transition* where the reader could make it and they cannot be taken as they were told."""
    ways = {one.id: one for one in queries.ways(request.user, held) if one.alike}
    terms = TermsForm(request.POST, way=ways[transition]) if transition in ways else None
    return terms if terms and not terms.is_valid() else None


@require_POST
@page("introductions.intend")
def intend(request: Request, number: int) -> HttpResponse:
    """Say what amount is intended."""
    held, form = _found(request, number, "introductions.intend"), IntentForm(request.POST)
    if not form.is_valid():
        return _shown(request, held, intent=form)
    return _done(request, held, lambda: operations.intend(actor=request.user, introduction=held, **form.cleaned_data))


@require_POST
@page("introductions.act")
def tell(request: Request, number: int) -> HttpResponse:
    """Say what came of the contract."""
    held, form = _found(request, number, "introductions.act"), OutcomeForm(request.POST)
    if not form.is_valid():
        return _done(request, held, _refuse)
    return _done(request, held, lambda: operations.tell(actor=request.user, introduction=held, **form.cleaned_data))


def _refuse() -> None:
    raise InputError(_("请选择要办的事"), mend=_("页面上没有的，现在不能办"))


def _done(request: Request, held: Introduction, act: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the page, which says what was wrong if it could not be done."""
    try:
        act()
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect("introductions:introduction", held.pk)


@require_GET
@page("introductions.write")
def thread(request: Request, number: int) -> HttpResponse:
    """The messages alone, as the page asks for them again and again while it is open; else the page."""
    held = _found(request, number, "introductions.write")
    if not request.htmx:
        return redirect(queries.address(held) + "#thread")
    return render(request, "introductions/thread.html", {"one": held, **_talk(request, held)})


def _talk(request: Request, held: Introduction) -> dict[str, Any]:
    """The messages, which are read by being shown; how often the page will still ask."""
    side = side_of(request.user, held)
    if held.messages.exclude(side=side).filter(read_at=None).exists():
        operations.read(actor=request.user, introduction=held)
    asked = request.GET.get("left", "")
    left = min(int(asked), ASKS) if asked.isdecimal() and len(asked) <= len(str(ASKS)) else ASKS
    return {"talk": held.messages.all(), "side": side, "left": left - 1}


@require_GET
@page("introductions.write")
def talk(request: Request, number: int) -> HttpResponseBase:
    """All messages as a file, for the two sides; they are read by that."""
    held = _found(request, number, "introductions.write")
    return export(MessageTable(_talk(request, held)["talk"]), "沟通记录", form_of(request) or "xlsx")


@require_GET
@page("introductions.list")
def outcomes(request: Request) -> HttpResponseBase:
    """What has come of contracts, as both sides have said it."""
    table = OutcomeTable(listing.outcomes(request.user))
    return show(request, "introductions/outcomes.html", table, name="履约情况")


@require_POST
@page("introductions.write")
def write(request: Request, number: int) -> HttpResponse:
    """Write to the other side."""
    held, form = _found(request, number, "introductions.write"), MessageForm(request.POST, request.FILES)
    if form.is_valid():
        with told_on(form):
            operations.write(actor=request.user, introduction=held, **form.cleaned_data)
            return redirect(queries.address(held) + "#thread")
    return _shown(request, held, message=form)


@require_GET
@page("introductions.write")
def attachment(request: Request, number: int) -> FileResponse:
    """What was attached to a message, for the two sides."""
    held = get_object_or_404(Message, pk=number)
    require(request.user, "introductions.write", held.introduction)
    return stored(held.attachment, held.attachment_name)


@require_GET
@page("introductions.view_private")
def drawing(request: Request, number: int) -> FileResponse:
    """The need's drawing, for a side that may read what is not public."""
    held = _found(request, number, "introductions.view_private")
    private = held.need.private_half
    return stored(private.drawing, private.drawing_name)
