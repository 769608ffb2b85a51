"""What is stuck and whom to call, who could answer a need, one's own choice of being suggested, what came of it all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.days import today
from rongtong.portal.design.tables import export, form_of, show
from rongtong.portal.introductions import listing, merging, operations, queries, suggesting
from rongtong.portal.introductions.forms import ApplyForm, CallForm, TickForm
from rongtong.portal.introductions.models import Call, Introduction, Reminder, Side
from rongtong.portal.introductions.results import needs as published
from rongtong.portal.introductions.results import results as counted
from rongtong.portal.introductions.results import size_label
from rongtong.portal.introductions.tables import CandidateTable, IntroductionTable, MonthTable, NeedTable
from rongtong.portal.people.access import Request, page, public, require
from rongtong.portal.people.operations import token_of
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.directory import Asked, Found
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, firm_or_404
from rongtong.portal.registry.shortcuts import own_firm_page

R = TypeVar("R")
#: So many firms found by name are offered.
NAMED = 10


@require_GET
@page("introductions.chase")
def stuck(request: Request) -> HttpResponseBase:
    """What has stood still for too long, whom to call, and whether they have seen it."""
    found = queries.stuck(request.user).prefetch_related("reminders", "calls", "steps")
    if form := form_of(request):
        return export(IntroductionTable(listing.rows(request.user, found)), "停滞的对接", form)
    rows = [
        (row, [(side, Side(side).label, *_last(row.introduction, side)) for side in row.waits])
        for row in listing.rows(request.user, found)
    ]
    return render(request, "introductions/stuck.html", {"rows": rows, "call": CallForm()})


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
    if ticked is None:
        return HttpResponseBadRequest()
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
    ticked, form = _ticked(request), CallForm(request.POST)
    if ticked is None or not form.is_valid():
        return HttpResponseBadRequest()
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


def _ticked(request: Request) -> list[dict[str, Any]] | None:
    """The sides that were ticked, which somebody is told of who ticked none; None when no page of ours sent that."""
    forms = [TickForm.of(one) for one in request.POST.getlist("ticked")]
    if not all(form.is_valid() for form in forms):
        return None
    if not forms:
        messages.error(request, _("请先勾选要催办的企业"), "no")
    return [form.cleaned_data for form in forms]


def _reminded(request: Request, held: Introduction, side: str) -> dict[str, Any]:
    reminder = operations.remind(actor=request.user, introduction=held, side=side)
    row = listing.rows(request.user, [held])[0]
    path = reverse("people:link", args=[token_of(reminder.link)]) if reminder.link else ""
    link = request.build_absolute_uri(path) if path else ""
    return {"firm": getattr(row, side), "side": Side(side).label, "reminder": reminder, "link": link, "one": held}


@require_GET
@page("introductions.candidates")
def candidates(request: Request, number: int) -> HttpResponseBase:
    """Who could answer a need and why; others are found by name."""
    need = _need(request, number, "introductions.candidates")
    suggested = suggesting.suggest(need) if need.state == "open" and not need.expired else []
    if form := form_of(request):
        return export(CandidateTable(suggested), "候选企业", form)
    asked = request.GET.get("q", "").strip()[:60]
    named = by_id(one.firm for one in Found(Asked(asked))[:NAMED]) if asked else {}
    introduced = by_id(need.introductions.values_list("firm", flat=True))
    out = {firm.id for firm in introduced.values()} | {need.firm}
    context = {
        "need": need,
        "suggested": suggested,
        "how": suggesting.how(need),
        "asked": asked,
        "named": [one for one in named.values() if one.id not in out],
        "introduced": listing.rows(request.user, need.introductions.select_related("need")),
        "may_invite": request.user.has_perm("introductions.invite", need),
    }
    return render(request, "introductions/candidates.html", context)


def _need(request: Request, number: int, permission: str) -> Posting:
    held = get_object_or_404(Posting, pk=number, side=Posting.Side.NEED)
    require(request.user, permission, held)
    return held


@require_POST
@page("introductions.candidates")
def propose(request: Request, number: int) -> HttpResponse:
    """Invite a firm for one's own need, or recommend one for another's; the reasons are found here, not sent along."""
    need = _need(request, number, "introductions.candidates")
    firm = firm_or_404(request.POST.get("firm", ""))
    try:
        made = _proposed(request, need, firm)
    except InputError as error:
        messages.error(request, error.sentence, "no")
        return redirect("introductions:candidates", number)
    messages.success(request, _("已发给{firm}，等答复").format(firm=firm.name), "yes")
    return redirect("introductions:introduction", made.pk)


def _proposed(request: Request, need: Posting, firm: Firm) -> Introduction:
    reasons = suggesting.reasons_of(need, firm)
    if request.user.has_perm("introductions.invite", need):
        return operations.invite(actor=request.user, need=need, firm=firm, reasons=reasons)
    origin = Introduction.Origin.ENGINE if reasons else Introduction.Origin.OFFICER
    return operations.recommend(actor=request.user, need=need, firm=firm, origin=origin, reasons=reasons)


@require_http_methods(["GET", "POST"])
@page("introductions.apply")
def apply(request: Request, number: int) -> HttpResponse:
    """Put one's own firm forward for a need."""
    need = get_object_or_404(Posting, pk=number, side=Posting.Side.NEED)
    require(request.user, "postings.view", need)
    firm = Firm.objects.filter(id__in=request.user.firms).order_by("name").first()
    if firm is None:
        raise PermissionDenied("introductions.apply")
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.apply(actor=request.user, firm=firm, need=need, **form.cleaned_data)
        except InputError as error:
            form.add_error("words", f"{error.sentence}")
        else:
            messages.success(request, _("已发给需求方，等答复"), "yes")
            return redirect("introductions:introduction", made.pk)
    context = {"form": form, "need": need, "firm": firm}
    return render(request, "introductions/apply.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@page("introductions.choose")
def home(request: Request) -> HttpResponse:
    """The choice of the reader's firm."""
    return own_firm_page(request, "introductions:choice")


@require_http_methods(["GET", "POST"])
@page("introductions.choose")
def choice(request: Request, firm: str) -> HttpResponse:
    """Whether a firm wants personalised matching."""
    found = firm_or_404(firm)
    require(request.user, "introductions.choose", found)
    if request.method == "POST":
        operations.choose(actor=request.user, firm=found, personalised=request.POST.get("personalised") == "on")
        messages.success(request, _("已保存"), "yes")
        return redirect("introductions:choice", found.id)
    context = {"firm": found, "off": queries.switched_off(found)}
    return render(request, "introductions/choice.html", context)


@require_GET
@public
def results(request: HttpRequest) -> HttpResponseBase:
    """What came of it all; exact, and leading to its lists, for the secretariat and the city alone."""
    found = counted()
    inside = request.user.is_authenticated and request.user.has_perm("introductions.needs")
    sizes = found.sizes if inside else merging.merged({k: n for k, n in found.sizes.items() if n})
    months = found.months if inside else merging.runs(found.months)
    if form := form_of(request):
        return export(MonthTable(months), "对接成效", form)
    shown = {name: getattr(found, name) for name in ("needs", "answered", "introductions", "agreed", "contracts")}
    hidden = not inside and any(merging.small(n) for n in found.sizes.values())
    context = {
        "inside": inside,
        "figures": shown if inside else {name: merging.told(n) for name, n in shown.items()},
        "days": None if found.days is None or (not inside and merging.small(found.answered)) else f"{found.days:g}",
        "share": None if hidden or found.share is None else f"{found.share:.0%}",
        "sizes": [(name, _named(name), n if inside else merging.told(n)) for name, n in sizes.items()],
        "months": months,
        "columns": [(one.label, one.begun, one.won) for one in months],
    }
    return render(request, "introductions/results.html", context)


def _named(sizes: str) -> str:
    return "、".join(map(size_label, sizes.split("、")))


@require_GET
@page("introductions.needs")
def needs(request: Request) -> HttpResponseBase:
    """How every need was answered."""
    found = [one for one in published() if one.n or not request.GET.get("answered")]
    return show(request, "introductions/needs.html", NeedTable(found), name="需求办理情况")
