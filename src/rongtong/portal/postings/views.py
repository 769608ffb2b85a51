"""The halls, one's own postings, a posting's page, and its review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.match.words import words
from rongtong.portal.design.files import stored
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import PAGE, export, form_of
from rongtong.portal.notifications.operations import seen as seen_notices
from rongtong.portal.people.access import Request, page, public, require
from rongtong.portal.postings import operations, queries, sight
from rongtong.portal.postings.forms import HallForm, MoveForm, RenewForm, ReviewForm
from rongtong.portal.postings.models import Posting, flow
from rongtong.portal.postings.rules import parties
from rongtong.portal.postings.tables import HallTable, OwnTable
from rongtong.portal.registry.queries import by_id
from rongtong.workflows import Transition
from rongtong.workflows.scoring import sheet

HALLS = {Posting.Side.NEED: "需求大厅", Posting.Side.OFFER: "供给大厅"}


@require_GET
@public
def hall(request: HttpRequest, side: str) -> HttpResponseBase:
    """What everybody, or everybody of the alliance, may see of what firms look for or offer."""
    form, there = HallForm(request.GET), queries.hall(request.user, side)
    found = queries.found(there, form.sought())
    if as_file := form_of(request):
        rows = list(found)
        return export(HallTable(rows, queries.named(rows)), HALLS[Posting.Side(side)], as_file)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    choices = queries.choices(there)
    context = {
        "side": side, "title": _(HALLS[Posting.Side(side)]), "shown": shown, "choices": choices, "asked": form.sought(),
        "kinds": [(one, worded(words().label_of(one))) for one in choices.kinds], "all": there.count(),
        "names": queries.named(list(shown)), "may_post": _may(request, "postings.post"),
        "may_review": _may(request, "postings.review"),
    }  # fmt: skip  # read by rows
    return render(request, "postings/hall.html", context)


def _may(request: HttpRequest, permission: str) -> bool:
    return request.user.is_authenticated and request.user.has_perm(permission)


@require_GET
@page("postings.post")
def mine(request: Request) -> HttpResponseBase:
    """The needs and offers of one's firms, and where they stand."""
    return _listed(request, queries.mine(request.user), "postings/mine.html", "我的供需")


@require_GET
@public
def posting(request: HttpRequest, number: int) -> HttpResponse:
    """A posting, as far as the reader may see it."""
    if not request.user.is_authenticated and sight.known(request.user, number) is None:
        return redirect_to_login(request.get_full_path())
    held = sight.known_or_404(request.user, number)
    seen = sight.sees(request.user, held)
    if request.user.is_authenticated:
        seen_notices(request.user, request.path)
    return render(request, "postings/posting.html", {"posting": held, "seen": seen, **_around(request, held, seen)})


def _around(request: HttpRequest, held: Posting, seen: frozenset[str]) -> dict[str, Any]:
    """What stands around the public half for this reader."""
    known = parties(request.user, held) if request.user.is_authenticated else frozenset()
    ways = [(one, _look(one)) for one in flow().ways(held.state, known) if one.offered and not one.with_]
    firm = by_id([held.firm]).get(held.firm)
    own = bool(known & {"author", "confirmer"})
    context: dict[str, Any] = {
        "parties": known, "own": own, "ways": ways, "firm": firm if own or held.named else None, "move": MoveForm(),
        "renew": RenewForm(initial={"days": 90}) if "open" in held.stands.kinds and "author" in known else None,
        "applied": sight.ours(request.user, held), "may_apply": not own and _may(request, "introductions.apply"),
        "withheld": queries.withholds(held),
    }  # fmt: skip  # read by rows
    if "private_half" in seen:
        context["private"] = held.private_half
    if "review" in seen:
        context |= {
            "steps": held.steps.select_related("by"),
            "reviews": [(one, _scored(one.points)) for one in held.reviews.all()],
        }
    return context


def _look(way: Transition) -> str:
    """How the button of *way* looks: red where it undoes something, less than the main one where it ends it well."""
    to = flow().state_of[way.to]
    if way.explain or to.mark == "quiet":
        return "is-no"
    return "btn-outline-primary" if to.end else "btn-primary"


def _scored(points: dict[str, int]) -> list[tuple[str, int]]:
    return [(worded(one.label), points[one.id]) for one in sheet("posting").criteria if one.id in points]


@require_POST
@page("postings.edit")
def hand_in(request: Request, number: int) -> HttpResponse:
    """Hand a draft in."""
    held = sight.known_or_404(request.user, number)
    return _done(request, number, lambda: operations.hand_in(actor=request.user, posting=held), _("已提交"))


@require_POST
@page("postings.move")
def move(request: Request, number: int) -> HttpResponse:
    """Make a transition."""
    held, form = sight.known_or_404(request.user, number), MoveForm(request.POST)
    require(request.user, "postings.move", held)
    given = form.cleaned_data if form.is_valid() else {"transition": "", "why": ""}
    return _done(request, number, lambda: operations.move(actor=request.user, posting=held, **given), _("已处理"))


@require_POST
@page("postings.edit")
def renew(request: Request, number: int) -> HttpResponse:
    """Let it stand longer."""
    held, form = sight.known_or_404(request.user, number), RenewForm(request.POST)
    require(request.user, "postings.edit", held)
    if not form.is_valid():
        return redirect("postings:posting", number)
    until = form.until()
    return _done(
        request, number, lambda: operations.renew(actor=request.user, posting=held, until=until),
        _("已延期至 {day}").format(day=until.isoformat()),
    )  # fmt: skip  # read by rows


@require_GET
@page("postings.review")
def reviews(request: Request) -> HttpResponseBase:
    """What waits to be scored."""
    return _listed(request, queries.reviewing(request.user), "postings/reviews.html", "待审核供需")


def _listed(request: Request, found: Iterable[Posting], template: str, name: str) -> HttpResponseBase:
    if form := form_of(request):
        return export(OwnTable(found), name, form)
    return render(request, template, {"postings": found})


@require_http_methods(["GET", "POST"])
@page("postings.review")
def review(request: Request, number: int) -> HttpResponse:
    """The scoring sheet beside the public half."""
    held = sight.known_or_404(request.user, number)
    require(request.user, "postings.review", held)
    if "scored" not in held.stands.kinds:
        return redirect("postings:posting", number)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"points": form.points(), "note": form.cleaned_data["note"]}
        with told_on(form):
            operations.review(actor=request.user, posting=held, **given)
            messages.success(request, _("已评分"), "yes")
            return redirect("postings:reviews")
    context = {"posting": held, "form": form, "sheet": sheet("posting"), "withheld": queries.withholds(held)}
    return render(request, "postings/review.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@page("postings.view")
def drawing(request: Request, number: int) -> FileResponse:
    """The drawing, for whoever reads the private half."""
    held = sight.known_or_404(request.user, number)
    if "private_half" not in sight.sees(request.user, held):
        raise PermissionDenied("postings.view_private")
    return stored(held.private_half.drawing, held.private_half.drawing_name)


def _done(request: Request, number: int, act: Any, told: str) -> HttpResponse:
    try:
        act()
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        messages.success(request, told, "yes")
    return redirect("postings:posting", number)
