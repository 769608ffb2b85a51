"""The pages of four eyes: an officer proposes a conclusion, a reviewer confirms it or sends it back."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.portal.assessment import conclusions, operations
from rongtong.portal.assessment.forms import ProposalForm
from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.queries import by_id, firm_or_404

LIST, STORY = "assessment:conclusions", "assessment:story"


@require_GET
@page("assessment.conclusions")
def waiting(request: Request) -> HttpResponse:
    """What waits for the reader's review."""
    found = list(conclusions.to_review(request.user)[:50])
    firms = by_id({one.firm for one in found})
    rows = [(one, firms[one.firm], title_of(one.rulebook)) for one in found if one.firm in firms]
    return render(request, "assessment/conclusions.html", {"rows": rows})


@require_POST
@page("assessment.propose")
def propose(request: Request, firm: str, rulebook: str) -> HttpResponse:
    """Propose a conclusion."""
    if rulebook not in settings.RULEBOOKS:
        raise Http404
    found, form = firm_or_404(firm), ProposalForm(request.POST)
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
