"""The two queues."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.facts import undecided
from rongtong.portal.design.forms import checked
from rongtong.portal.design.tables import export, form_of, whole
from rongtong.portal.people.access import Request, page
from rongtong.portal.queues import latest, operations, queries
from rongtong.portal.queues.forms import EntryForm, PairForm, ValueForm, WhoseForm
from rongtong.portal.queues.tables import ConflictTable, DuplicateTable, UndividedTable, claims_of
from rongtong.portal.registry.queries import firm_or_404


@require_GET
@page("queues.see")
def conflicts(request: Request) -> HttpResponseBase:
    """Facts that sources disagree on."""
    kind = undecided.RANKED if request.GET.get("kind") == undecided.RANKED else undecided.OPEN
    if form := form_of(request):
        every = queries.conflicts(request.user, kind=kind, most=queries.ALL)
        return export(ConflictTable(claims_of(every)), "疑点", form)
    start = whole(request.GET.get("from", ""))
    found = queries.conflicts(request.user, kind=kind, start=start)
    context = {"conflicts": found, "counts": queries.counts(request.user), "kind": kind, "next": start + queries.PIECE}
    return render(request, "queues/conflicts.html", context)


@require_GET
@page("queues.see")
def duplicates(request: Request) -> HttpResponseBase:
    """Pairs that may be one firm."""
    found = queries.duplicates(request.user)
    if form := form_of(request):
        return export(DuplicateTable(found), "疑似同一家", form)
    undivided = len(queries.undivided(request.user))
    context = {"pairs": found, "counts": queries.counts(request.user), "undivided": undivided}
    return render(request, "queues/duplicates.html", context)


@require_GET
@page("queues.see")
def undivided(request: Request) -> HttpResponseBase:
    """What was written while two firms were one."""
    found = queries.undivided(request.user)
    if form := form_of(request):
        return export(UndividedTable(found), "撤回后待定", form)
    return render(request, "queues/undivided.html", {"found": found})


@require_POST
@page("queues.decide")
def choose(request: Request) -> HttpResponse:
    """Decide a conflict."""
    form = checked(ValueForm(request.POST))
    given = form.cleaned_data
    firm = firm_or_404(given.pop("firm"))
    return _decided(request, "queues:conflicts", lambda: operations.choose(actor=request.user, firm=firm, **given))


@require_POST
@page("queues.decide")
def judge(request: Request) -> HttpResponse:
    """Decide a pair."""
    form = checked(PairForm(request.POST))
    given = form.cleaned_data
    return _decided(request, "queues:duplicates", lambda: operations.judge(actor=request.user, **given))


@require_POST
@page(queries.DIVIDE)
def divide(request: Request) -> HttpResponse:
    """Say whose a row is."""
    form = checked(WhoseForm(request.POST))
    try:
        operations.divide(actor=request.user, **form.cleaned_data)
        messages.success(request, _("已记下归哪家"), "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect("queues:undivided")


@require_POST
@page("queues.decide")
def take_back(request: Request) -> HttpResponse:
    """Take a decision back."""
    form = checked(EntryForm(request.POST))
    try:
        operations.take_back(actor=request.user, **form.cleaned_data)
        messages.success(request, _("已撤回这个决定，页面稍后更新"), "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
    latest.forget(request, form.cleaned_data["entry"])
    back = request.POST.get("back", "")
    return redirect(back if back in BACK else BACK[0])


BACK = ("queues:conflicts", "queues:duplicates", "queues:bounds")


def _decided(request: Request, back: str, decide: Callable[[], int]) -> HttpResponse:
    """Decide, and offer to take it back; a stale decision says so and leaves things as they are."""
    try:
        entry = decide()
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        messages.success(request, format_html(_("已记入台账第 {} 条，页面稍后更新"), entry), "yes")
        latest.remember(request, entry)
    return redirect(back)
