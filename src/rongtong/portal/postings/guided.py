"""Guided posting: one page from free text to a need or an offer, with and without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rongtong.definitions.units import counted
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.postings import crowd, operations, sight, suggesting
from rongtong.portal.postings.forms import BUDGET, PostingForm
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.reading import WISHES
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, own_firms

#: The buttons that keep what is written; every other one asks for suggestions.
KEEPS = ("save", "submit")


@require_http_methods(["GET", "POST"])
@page("postings.post")
def new(request: Request, side: str) -> HttpResponse:
    """A new need or offer."""
    return _guided(request, side, _firm(request), None)


@require_http_methods(["GET", "POST"])
@page("postings.edit")
def edit(request: Request, number: int) -> HttpResponse:
    """A draft of one's own."""
    held = sight.known_or_404(request.user, number)
    require(request.user, "postings.edit", held)
    firm = by_id([held.firm]).get(held.firm)
    if firm is None or "editable" not in held.stands.kinds:
        return redirect("postings:posting", number)
    return _guided(request, held.side, firm, held)


def _firm(request: Request) -> Firm:
    """The firm that is posted for: the one chosen, else the first that the reader acts for."""
    firms = own_firms(request.user)
    found = firms.filter(id=request.POST.get("firm", "")).first() or firms.first()
    if found is None:
        raise PermissionDenied("postings.post")
    return found


def _guided(request: Request, side: str, firm: Firm, held: Posting | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, side, firm, held, PostingForm(initial=_initial(held), side=side))
    if request.POST.get("act") not in KEEPS:
        data = suggesting.filled_in({name: str(value) for name, value in request.POST.items()}, side)
        shown = PostingForm(initial=data, side=side)
        told = suggesting.beside(request.user, firm, side, PostingForm(data, side=side), held)
        return _page(request, side, firm, held, shown, beside=told)
    form = PostingForm(request.POST, request.FILES, instance=None, side=side)
    if form.is_valid():
        try:
            return _kept(request, side, firm, held, form)
        except InputError as error:
            form.add_error(None, error.sentence)
    told = suggesting.beside(request.user, firm, side, form, held)
    return _page(request, side, firm, held, form, beside=told, status=422)


def _kept(request: Request, side: str, firm: Firm, held: Posting | None, form: PostingForm) -> HttpResponse:
    halves = {"public": form.public(), "private": form.private()}
    if held is None:
        made = operations.post(actor=request.user, firm=firm, side=side, **halves)
    else:
        made = operations.edit(actor=request.user, posting=held, firm=firm, **halves)
    if request.POST["act"] == "submit":
        made = operations.hand_in(actor=request.user, posting=made)
    for note in form.notes.values():
        messages.warning(request, note.sentence, "unknown")
    messages.success(request, worded(made.stands.told) or made.shown_state, "yes")
    return redirect("postings:posting", made.pk)


def _initial(held: Posting | None) -> dict[str, Any]:
    """The form as it was kept."""
    if held is None:
        return {}
    own, private = {name: getattr(held, name) for name in PostingForm.Meta.fields}, held.private_half
    yuan = private.budget if held.budget is None else held.budget
    exclusive = {True: "yes", False: "no", None: ""}[held.exclusive]
    wished = {f"wished_{name}": told for name, told in held.wishes.items()}
    return own | wished | {
        "price": private.price, "quantity": private.quantity, "excludes": private.excludes,
        "private_text": private.text, "budget_public": held.budget is not None,
        "budget": None if yuan is None else counted(yuan, BUDGET).normalize(), "exclusive": exclusive,
    }  # fmt: skip  # read by rows


def _page(
    request: Request, side: str, firm: Firm, held: Posting | None, form: PostingForm, *, status: int = 200,
    beside: suggesting.Beside | None = None,
) -> HttpResponse:  # fmt: skip  # read by rows
    context = {
        "form": form, "firm": firm, "held": held, "side": Posting.Side(side), "beside": beside,
        "firms": own_firms(request.user),
        "required": _required(form), "segments": crowd.vocabulary().segments,
    }  # fmt: skip  # read by rows
    return render(request, "postings/guided.html", context, status=status)


def _required(form: PostingForm) -> list[tuple[str, BoundField, BoundField]]:
    """What a need may require, beside what it may only wish for."""
    return [(one, form[one], form[f"wished_{one}"]) for one in WISHES if f"wished_{one}" in form.fields]
