"""The assessment page, one firm's verdict clause by clause, and its draft as Word."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_GET

from rongtong import report
from rongtong.portal.assessment import conclusions, judging, lacking
from rongtong.portal.assessment.forms import FilterForm, ProposalForm
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.assessment.queries import Answer
from rongtong.portal.assessment.sources import linked
from rongtong.portal.assessment.tables import VerdictTable
from rongtong.portal.days import today
from rongtong.portal.design.tables import show
from rongtong.portal.filings.queries import evidenced
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.people.models import User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.queries import firm_or_404
from rongtong.portal.registry.rows import Data
from rongtong.portal.rulebooks.queries import applying, offered
from rongtong.portal.statements import queries as statements
from rongtong.report.papers import paper_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Kinds of clause that give points; they stand in a table of their own.
SCORED = ("score", "group", "indicator")


@require_GET
@page("assessment.list")
def verdicts(request: Request) -> HttpResponseBase:
    """Who qualifies, who does not, who is undetermined and for want of what."""
    form = FilterForm(request.GET)
    answer = Answer(request.user, form.question())
    if not judging.ready(answer.question.rulebook):
        return being_judged(request, answer.question.rulebook, form)
    table = VerdictTable(Data(answer.firms), rulebook=answer.question.rulebook)
    context = {"form": form, "question": answer.question, "counts": answer.counts(), "wanted": answer.wanted()}
    manifest = current.assessment(answer.question.rulebook).manifest
    return show(request, "assessment/verdicts.html", table, name="预审结果", manifest=manifest, **context)


def being_judged(request: Request, rulebook: str, form: Form) -> HttpResponse:
    """How far the verdicts by *rulebook* are that nobody has asked for since facts were settled; *form* asks again."""
    job = judging.wanted(rulebook, request.user)
    may_see = request.user.has_perm("jobs.view", job)
    context = {"form": form, "title": title_of(rulebook), "job": job, "may_see_job": may_see}
    return render(request, "assessment/judging.html", context)


@require_GET
@page("assessment.view")
def story(request: Request, firm: str, rulebook: str) -> HttpResponse:
    """One firm under one rulebook that one can apply by today."""
    edition = applying(rulebook)
    found = firm_or_404(firm)
    require(request.user, "assessment.view", found)
    told, manifest = door.verdict(request.user, found, rulebook), current.explained(rulebook, found.id)[0]
    shown = linked(told, found.id)
    context = {
        "firm": found,
        "rulebook": rulebook,
        "title": title_of(rulebook),
        "story": told,
        "conditions": [one for one in shown["clauses"] if one["kind"] not in SCORED],
        "indicators": [one for one in door.clauses(shown) if one["kind"] == "indicator"],
        "asked": statements.asked(found, door.clauses(told)),
        "may_record": request.user.has_perm("statements.record", found),
        "may_draft": request.user.has_perm("assessment.draft", found),
        "paper": paper_of(rulebook),
        "lacks": lacking.lacks(request.user, found, told, rulebook),
        "against": [one for one in shown["clauses"] if one["id"] in edition.deciding and one["holds"] is False],
        "manifest": manifest,
        "pass_mark": edition.book.pass_mark,
        "unverified": bool(edition.unverified),
        "pending": current.pending(found.id),
        **_concluded(request.user, found, rulebook, told),
        "others": [(one, name) for one, name in offered() if one != rulebook],
    }
    return render(request, "assessment/story.html", context)


@require_GET
@page("assessment.draft")
def draft(request: Request, firm: str, rulebook: str) -> HttpResponse:
    """The draft of the first examination, as the paper of its rulebook calls it, in Word."""
    applying(rulebook)
    found = firm_or_404(firm)
    require(request.user, "assessment.draft", found)
    told = door.verdict(request.user, found, rulebook)
    signed = conclusions.signatures(conclusions.last(found, rulebook), told)
    manifest = current.explained(rulebook, found.id)[0]
    paper = report.draft(told, manifest, signed, evidenced=evidenced(found), day=today())
    answer = HttpResponse(paper, content_type=WORD)
    name = escape_uri_path(f"{paper_of(rulebook).title}_{found.name}_{today():%Y%m%d}.docx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _concluded(user: User, firm: Firm, rulebook: str, told: dict[str, Any]) -> dict[str, Any]:
    """For officers in charge the conclusion of the first examination, and what the reader may do about it."""
    if not user.has_perm("assessment.draft", firm):
        return {}
    last = conclusions.last(firm, rulebook)
    waits = last is not None and last.state == Conclusion.State.WAITING
    return {
        "conclusion": last,
        "outdated": last is not None and last.basis != conclusions.basis(told),
        "may_review": waits and user.has_perm("assessment.review", last),
        "may_withdraw": waits and user.has_perm("assessment.withdraw", last),
        "proposal": ProposalForm(rulebook=rulebook)
        if not waits and user.has_perm("assessment.propose", firm)
        else None,
    }
