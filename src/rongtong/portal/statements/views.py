"""What is to be found out, recording it of one firm, correcting and taking back, and what was recorded."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.assessment import judging
from rongtong.portal.assessment.views import being_judged
from rongtong.portal.design.files import stored
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import export, form_of, show
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.queries import firm_or_404, with_firms
from rongtong.portal.registry.rows import Data
from rongtong.portal.rulebooks.queries import on_offer
from rongtong.portal.statements import matters, operations, queries
from rongtong.portal.statements.forms import DueForm, StatementForm
from rongtong.portal.statements.matters import Matter
from rongtong.portal.statements.models import Statement
from rongtong.portal.statements.tables import DueTable, StatementTable

STORY = "assessment:story"
#: So many records are shown at once; the file has all.
PIECE = 50


@require_GET
@page("statements.list")
def due(request: Request) -> HttpResponseBase:
    """What is to be found out of the firms in the reader's charge."""
    counts = queries.counts(request.user)
    if not counts:
        return render(request, "statements/none.html")
    if not request.GET and not any(n for _name, _title, n in counts):
        unjudged = sum(n is None for _name, _title, n in counts)
        return render(request, "statements/nothing.html", {"counts": counts, "unjudged": unjudged})
    form = DueForm(request.GET, counts=counts)
    question = form.question()
    if not judging.ready(question.rulebook):
        return being_judged(request, question.rulebook, form)
    table = DueTable(Data(queries.due(request.user, question)), rulebook=question.rulebook)
    manifest = current.assessment(question.rulebook).manifest
    context = {"form": form, "question": question, "counts": counts, "manifest": manifest}
    return show(request, "statements/due.html", table, name="待核查判断", **context)


@require_GET
@page("statements.list")
def recorded(request: Request) -> HttpResponseBase:
    """What was recorded of the firms in the reader's charge, the last first."""
    found = queries.recorded(request.user)
    if form := form_of(request):
        return export(StatementTable(with_firms(found)), "核查判断记录", form)
    return render(request, "statements/recorded.html", {"rows": with_firms(found[:PIECE]), "count": found.count()})


@require_http_methods(["GET", "POST"])
@page("statements.record")
def record(request: Request, firm: str, slot: str) -> HttpResponse:
    """What is to be checked and why, what is known of it, and the form that records what was found."""
    found, matter, rulebook = firm_or_404(firm), matters.known(slot), _asking(request)
    require(request.user, "statements.record", found)
    if matter is None:
        raise Http404
    before = queries.standing(found, matter)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StatementForm(*given, matter=matter, before=before, actor=request.user)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            operations.state(actor=request.user, firm=found, rulebook=rulebook, **form.stated())
            messages.success(request, _("已记录，结算后计入结论"), "yes")
            return redirect(STORY, found.id, rulebook) if rulebook else redirect(request.path)
    context = _about(request, found, matter, rulebook) | {"form": form, "before": before}
    return render(request, "statements/record.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@page("statements.record")
def enter(request: Request, number: int) -> HttpResponse:
    """Enter what was written and did not get so far."""
    held = get_object_or_404(Statement, pk=number)
    return _done(request, held, lambda: operations.enter(actor=request.user, statement=held))


@require_POST
@page("statements.record")
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take a statement out of force."""
    held = get_object_or_404(Statement, pk=number)
    reason = request.POST.get("reason", "")
    return _done(request, held, lambda: operations.withdraw(actor=request.user, statement=held, reason=reason))


@require_GET
@page("statements.record")
def document(request: Request, number: int) -> FileResponse:
    """What a statement rests on."""
    held = get_object_or_404(Statement, pk=number)
    require(request.user, "statements.record", held)
    return stored(held.document)


def _asking(request: Request) -> str:
    """The rulebook for which it is asked, if any."""
    name = request.GET.get("rulebook", "")
    return name if name in on_offer() else ""


def _about(request: Request, firm: Firm, matter: Matter, rulebook: str) -> dict[str, object]:
    """What the page says beside the form."""
    facts = door.facts(request.user, firm).shown
    return {
        "firm": firm,
        "matter": matter,
        "rulebook": rulebook,
        "title": title_of(rulebook) if rulebook else "",
        "grounds": queries.grounds(request.user, firm, matter, rulebook),
        "fact": next((one for one in facts if one.slot == matter.slot), None),
        "history": queries.history(firm, matter),
        "pending": current.pending(firm.id),
    }


def _done(request: Request, held: Statement, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
        messages.success(request, _("已处理"), "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
    asking = {"rulebook": _asking(request)} if _asking(request) else {}
    return redirect(reverse("statements:record", args=[held.firm, held.slot], query=asking))
