"""My data and what is missing; filing with a document; officers confirming."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.definitions.catalogue import catalogue
from rongtong.errors import InputError
from rongtong.portal.design.forms import refused
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.filings import operations, queries
from rongtong.portal.filings.forms import DecisionForm, FilingForm, TitleForm
from rongtong.portal.filings.models import TITLE_COLUMNS, Filing
from rongtong.portal.filings.tables import FactTable, FilingTable
from rongtong.portal.filings.topics import topics
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import grouped
from rongtong.portal.registry.queries import firm_or_404, with_firms
from rongtong.portal.registry.shortcuts import own_firm_page

#: Where a decision leads back to.
MINE, CHECK = "filings:mine", "filings:check"
#: What an officer or the firm has still to do something about.
UNSETTLED = (Filing.State.WAITING, Filing.State.RETURNED)
#: So many filings are shown at once; what is decided makes room for the next.
PIECE = 50


@require_GET
@page("filings.view")
def mine(request: Request, firm: str) -> HttpResponseBase:
    """A firm's data as its people see it: what is missing first, then what is there, then who may see it."""
    found = firm_or_404(firm)
    require(request.user, "filings.view", found)
    facts = door.facts(request.user, found).shown
    if form := form_of(request):
        return export(FactTable(facts), "企业数据", form)
    groups, filed = grouped(facts), queries.of_firm(found)
    context = {
        "firm": found,
        "lacks": queries.lacks(request.user, found),
        "groups": groups,
        "count": sum(len(group.facts) for group in groups),
        "waiting": [one for one in filed if one.state in UNSETTLED],
        "settled": [one for one in filed if one.state not in UNSETTLED],
        "pending": current.pending(found.id),
        "may_file": request.user.has_perm("filings.file", found),
    }
    return render(request, "filings/mine.html", context)


@require_GET
@page("filings.view")
def home(request: Request) -> HttpResponse:
    """The data of the firm that the reader acts for; to choose from when there are several, to claim when none."""
    return own_firm_page(request, "filings:mine")


@require_http_methods(["GET", "POST"])
@page("filings.file")
def new(request: Request, firm: str) -> HttpResponse:
    """State one fact."""
    found = firm_or_404(firm)
    require(request.user, "filings.file", found)
    slot = request.GET.get("slot", "")
    form = FilingForm(request.POST or None, request.FILES or None, initial={"slot": slot})
    chosen = slot or form.data.get("slot")
    choice = {} if chosen else {"topics": topics(door.facts(request.user, found).shown)}
    return _file(request, found, form, "filings/new.html", lambda given: given, **choice)


@require_http_methods(["GET", "POST"])
@page("filings.file")
def new_title(request: Request, firm: str) -> HttpResponse:
    """State a title granted or renewed."""
    found = firm_or_404(firm)
    require(request.user, "filings.file", found)
    form = TitleForm(request.POST or None, request.FILES or None)

    def as_filing(given: dict[str, Any]) -> dict[str, Any]:
        value = "|".join(str(given[name]).replace("|", " ") for name in TITLE_COLUMNS)
        return {"slot": "titles", "value": value, "source": "award_document", "document": given["document"]}

    return _file(request, found, form, "filings/new_title.html", as_filing)


@require_POST
@page("filings.file")
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take a filing back."""
    filing = get_object_or_404(Filing, pk=number)
    return _decide(request, filing, lambda: operations.withdraw(actor=request.user, filing=filing), MINE)


@csp_update({"frame-src": [SELF]})
@require_GET
@page("filings.check")
def check(request: Request) -> HttpResponseBase:
    """What firms have filed and an officer must confirm."""
    found = queries.to_check(request.user)
    if form := form_of(request):
        return export(FilingTable(with_firms(found)), "待确认填报", form)
    context = {"rows": with_firms(found[:PIECE]), "count": found.count(), "form": DecisionForm()}
    return render(request, "filings/check.html", context)


@require_POST
@page("filings.check")
def confirm(request: Request, number: int) -> HttpResponse:
    """Confirm a filing."""
    filing, form = get_object_or_404(Filing, pk=number), DecisionForm(request.POST)
    seal = form.is_valid() and form.cleaned_data["seal_seen"]
    return _decide(
        request, filing, lambda: operations.confirm(actor=request.user, filing=filing, seal_seen=seal), CHECK
    )


@require_POST
@page("filings.check")
def send_back(request: Request, number: int) -> HttpResponse:
    """Send a filing back."""
    filing, form = get_object_or_404(Filing, pk=number), DecisionForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _decide(
        request, filing, lambda: operations.send_back(actor=request.user, filing=filing, reason=reason), CHECK
    )


@require_http_methods(["GET", "POST"])
@page("filings.consent")
def consent(request: Request, firm: str) -> HttpResponse:
    """Which fields the secretariat may see."""
    found = firm_or_404(firm)
    require(request.user, "filings.consent", found)
    if request.method == "POST":
        if request.POST.get("field") not in catalogue().fields:
            raise refused()
        given = request.POST.get("given") == "yes"
        operations.consent(actor=request.user, firm=found, field=request.POST["field"], given=given)
        return redirect("filings:consent", found.id)
    closed = [one for one in catalogue().fields.values() if one.sensitivity != "public"]
    return render(request, "filings/consent.html", {"firm": found, "fields": closed, "shared": queries.shared(found)})


def _file(request: Request, firm: Firm, form: Any, template: str, as_filing: Any, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            operations.file(actor=request.user, firm=firm, **as_filing(form.cleaned_data))
        except InputError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("已提交，经办人确认后生效"), "yes")
            return redirect(MINE, firm.id)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "firm": firm} | more, status=status)


def _decide(request: Request, filing: Filing, do: Any, back: str) -> HttpResponse:
    try:
        do()
        messages.success(request, _("已处理"), "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return redirect(back, filing.firm) if back == MINE else redirect(back)
