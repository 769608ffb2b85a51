"""The pages of four eyes: an officer proposes a conclusion, a reviewer confirms it or sends it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.portal.assessment import conclusions, operations
from rongtong.portal.assessment.forms import ProposalForm
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.assessment.tables import ConclusionTable
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.queries import firm_or_404, with_firms
from rongtong.portal.rulebooks.queries import applying

STORY = "assessment:story"
#: So many are shown at once; what is decided makes room for the next.
PIECE = 50


@require_GET
@page("assessment.conclusions")
def waiting(request: Request) -> HttpResponseBase:
    """What waits for the reader's review."""
    found = conclusions.to_review(request.user)
    if form := form_of(request):
        return export(ConclusionTable(with_firms(found)), "待复核结论", form)
    rows = [(one, firm, title_of(one.rulebook)) for one, firm in with_firms(found[:PIECE])]
    return render(request, "assessment/conclusions.html", {"rows": rows, "count": found.count()})


@require_POST
@page("assessment.propose")
def propose(request: Request, firm: str, rulebook: str) -> HttpResponse:
    """Propose a conclusion."""
    applying(rulebook)
    found, form = firm_or_404(firm), ProposalForm(request.POST, rulebook=rulebook)
    require(request.user, "assessment.propose", found)
    if form.is_valid():
        given = form.cleaned_data
        _do(request, lambda: operations.propose(actor=request.user, firm=found, rulebook=rulebook, **given))
    else:
        messages.error(request, _("请选初审结论，并写明经办意见"), "no")
    return redirect(STORY, found.id, rulebook)


@require_POST
@page("assessment.review")
def confirm(request: Request, number: int) -> HttpResponse:
    """Confirm a conclusion."""
    held = get_object_or_404(Conclusion, pk=number)
    _do(request, lambda: operations.confirm(actor=request.user, conclusion=held))
    return redirect(STORY, held.firm, held.rulebook)


@require_POST
@page("assessment.review")
def send_back(request: Request, number: int) -> HttpResponse:
    """Send a conclusion back."""
    held, reason = get_object_or_404(Conclusion, pk=number), request.POST.get("reason", "")[:200]
    _do(request, lambda: operations.send_back(actor=request.user, conclusion=held, reason=reason))
    return redirect(STORY, held.firm, held.rulebook)


@require_POST
@page("assessment.withdraw")
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take a conclusion back."""
    held = get_object_or_404(Conclusion, pk=number)
    _do(request, lambda: operations.withdraw(actor=request.user, conclusion=held))
    return redirect(STORY, held.firm, held.rulebook)


def _do(request: Request, act: Callable[[], Conclusion]) -> None:
    """Do it and say so; bad input is said on the page that it leads back to."""
    try:
        made = act()
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        messages.success(request, _("初审结论：{state}").format(state=made.get_state_display()), "yes")
