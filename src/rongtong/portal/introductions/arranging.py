"""Who could answer a need, one's own choice of being suggested, what came of it all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.design.tables import export, form_of, show
from rongtong.portal.introductions import listing, operations, published, queries, suggesting
from rongtong.portal.introductions.forms import ApplyForm, LimitForm
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.published import Published
from rongtong.portal.introductions.reasons import Suggestion, for_others
from rongtong.portal.introductions.results import buyers
from rongtong.portal.introductions.results import needs as all_needs
from rongtong.portal.introductions.results import results as counted
from rongtong.portal.introductions.tables import CandidateTable, NeedTable, ResultTable
from rongtong.portal.people.access import Request, page, public, require
from rongtong.portal.postings import sight
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.directory import Asked, Found
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, firm_or_404, own_firms
from rongtong.portal.registry.rules import firm_of
from rongtong.portal.registry.shortcuts import own_firm_page

#: So many firms found by name are offered.
NAMED = 10


@require_GET
@page("introductions.candidates")
def candidates(request: Request, number: int) -> HttpResponseBase:
    """Who could answer a need and why; others are found by name."""
    need = _need(request, number, "introductions.candidates")
    suggested = _suggested(request, need)
    asked_for = request.GET.get("shown", "")
    shown = max(suggesting.MOST, int(asked_for[:4]) if asked_for.isdecimal() else 0)
    if form := form_of(request):
        return export(CandidateTable(suggested), "候选企业", form)
    asked = request.GET.get("q", "").strip()[:60]
    named = by_id(one.firm for one in Found(Asked(asked))[:NAMED]) if asked else {}
    introduced = by_id(need.introductions.values_list("firm", flat=True))
    may_invite = request.user.has_perm("introductions.invite", need)
    out = {firm.id for firm in introduced.values()} | ({firm_of(need)} if may_invite else set())
    context = {
        "need": need,
        "suggested": suggested[:shown],
        "more": min(len(suggested), shown + suggesting.MOST) if len(suggested) > shown else 0,
        "left": len(suggested) - shown,
        "how": suggesting.how(need),
        "asked": asked,
        "named": [one for one in named.values() if one.id not in out],
        "introduced": listing.rows(request.user, need.introductions.select_related("need")),
        "may_invite": may_invite,
    }
    return render(request, "introductions/candidates.html", context)


def _suggested(request: Request, need: Posting) -> list[Suggestion]:
    """Firms for an open need, with as much of why as the reader of the need may know."""
    if not need.standing:
        return []
    found = suggesting.suggest(need)
    return found if "private_half" in sight.sees(request.user, need) else for_others(found)


def _need(request: Request, number: int, permission: str) -> Posting:
    held = sight.known_or_404(request.user, number, side=Posting.Side.NEED)
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
    suggested, reasons = suggesting.known(need, firm)
    if request.user.has_perm("introductions.invite", need):
        return operations.invite(actor=request.user, need=need, firm=firm, reasons=reasons)
    origin = Introduction.Origin.ENGINE if suggested else Introduction.Origin.OFFICER
    return operations.recommend(actor=request.user, need=need, firm=firm, origin=origin, reasons=reasons)


@require_http_methods(["GET", "POST"])
@page("introductions.apply")
def apply(request: Request, number: int) -> HttpResponse:
    """Put one's own firm forward for a need."""
    need = sight.known_or_404(request.user, number, side=Posting.Side.NEED)
    require(request.user, "postings.view", need)
    firm = own_firms(request.user).first()
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
    """Whether a firm wants personalised matching, and how many introductions it takes at once."""
    found = firm_or_404(firm)
    require(request.user, "introductions.choose", found)
    form = LimitForm(
        request.POST if "most" in request.POST else None, initial={"most": queries.most_at_once().get(found.id)}
    )
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        if form.is_bound:
            operations.limit(actor=request.user, firm=found, most=form.cleaned_data["most"])
        else:
            operations.choose(actor=request.user, firm=found, personalised=request.POST.get("personalised") == "on")
        messages.success(request, _("已保存"), "yes")
        return redirect("introductions:choice", found.id)
    context = {"firm": found, "off": queries.switched_off(found), "limit": form}
    return render(request, "introductions/choice.html", context, status=422 if form.errors else 200)


@require_GET
@public
def results(request: HttpRequest) -> HttpResponseBase:
    """What came of it all; exact, and leading to its lists, for the secretariat and the city alone."""
    found = counted()
    inside = request.user.is_authenticated and request.user.has_perm("introductions.needs")
    shown = published.exact(found) if inside else published.public(found)
    columns = [(one.label, one.begun, one.won) for one in shown.months]
    context = {"inside": inside, "shown": shown, "columns": columns}
    if form := form_of(request):
        return export(ResultTable(list(_figures(shown))), "对接成效", form)
    return render(request, "introductions/results.html", context)


def _figures(shown: Published) -> Iterator[dict[str, Any]]:
    """All that the page shows, a figure a row."""
    labels = {
        "needs": _("发布过的需求"), "answered": _("有对接的需求"), "introductions": _("对接"), "agreed": _("双方同意"),
        "contracts": _("签约"),
    }  # fmt: skip
    told: list[tuple[str, object]] = [(label, shown.figures[name]) for name, label in labels.items()]
    told += [(_("首次对接用时（中位数，天）"), shown.days), (_("小微企业占签约"), shown.share)]
    told += [(_("签约：{size}").format(size=label), n) for _name, label, n in shown.sizes]
    yield from ({"what": what, "when": _("至今"), "n": n} for what, n in told)
    for one in shown.months:
        yield {"what": _("新增对接"), "when": one.label, "n": one.begun}
        yield {"what": _("签约"), "when": one.label, "n": one.won}


@require_GET
@page("introductions.needs")
def needs(request: Request) -> HttpResponseBase:
    """How every need was answered."""
    found = [one for one in all_needs() if one.n or not request.GET.get("answered")]
    return show(request, "introductions/needs.html", NeedTable(found, buyers(request.user, found)), name="需求办理情况")
