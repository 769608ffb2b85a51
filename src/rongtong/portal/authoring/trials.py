"""A draft tried on every firm: the page of what came out, beside the official edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.portal.authoring import operations, queries, store, trying
from rongtong.portal.authoring.forms import PurposeForm, TrialForm
from rongtong.portal.authoring.models import Draft
from rongtong.portal.authoring.tables import TrialTable
from rongtong.portal.authoring.views import DRAFT, held_draft
from rongtong.portal.design.tables import show
from rongtong.portal.people.access import Request, page
from rongtong.portal.registry.rows import Data
from rongtong.qualify.rulebook import Rulebook
from rongtong.report.clauses import Clauses

TRIAL = "authoring:trial"


@require_POST
@page("authoring.try")
def run(request: Request, number: int) -> HttpResponse:
    """Try a draft on every firm."""
    held = held_draft(request, number, "authoring.try")
    try:
        operations.try_out(actor=request.user, draft=held, purpose=PurposeForm(request.POST).said)
    except InputError as error:
        messages.error(request, error.sentence, "no")
        return redirect(DRAFT, held.pk)
    return redirect(TRIAL, held.pk)


@require_GET
@page("authoring.try")
def trial(request: Request, number: int) -> HttpResponseBase:
    """What came out: in figures, and firm by firm."""
    held = held_draft(request, number, "authoring.try")
    about, job = trying.about(held), held.trial
    context: dict[str, Any] = {
        "draft": held,
        "about": about,
        "job": job,
        "purpose": PurposeForm.of(held),
        "may_see_job": job is not None and request.user.has_perm("jobs.view", job),
    }
    if about is None:
        return render(request, "authoring/trial.html", context)
    base = queries.official(held.based_on)
    form = TrialForm(request.GET, compared=base is not None)
    titles, asked = _titles(base, queries.book_of(store.text_of(about["sha256"]))), form.question()
    found = Data(trying.firms(request.user, held, asked))
    table = TrialTable(found, titles=titles, grants=about["grants"], compared=base is not None)
    table.said = _said(held, about)
    context |= {"form": form, "totals": trying.totals(request.user, held), "official": base}
    context["clause"] = titles.get(asked.clause, asked.clause)
    context["stuck"] = [
        (after, [(one, titles.get(one, one), firms) for one, firms in trying.clauses(request.user, held, after)])
        for after in ("not_qualified", "undetermined")
    ]
    return show(request, "authoring/trial.html", table, name="规则试算", **context)


def _titles(*books: Rulebook | None) -> dict[str, str]:
    """What clauses are called, by id; of two books that have one the last counts."""
    return {head.id: Clauses(one).called(head.id) for one in books if one for head in one.heads}


def _said(held: Draft, about: dict[str, Any]) -> tuple[str, ...]:
    """What the file of a trial says above its rows: by what, as of when, on which facts."""
    return (
        held.title,
        _("按 {day} 申请口径").format(day=about["as_of"]),
        _("规则文件 {id}").format(id=about["sha256"]),
        _("快照 {id}").format(id=about["snapshot"]),
    )
