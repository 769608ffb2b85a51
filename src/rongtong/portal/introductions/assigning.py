"""The assignment over all open needs: the secretariat sees the trade-off, chooses a point and proposes from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.portal.design.tables import export, form_of
from rongtong.portal.introductions import balancing, operations
from rongtong.portal.introductions.balancing import Plan
from rongtong.portal.introductions.tables import ProposalTable, TradeoffTable
from rongtong.portal.people.access import Request, page

#: So many introductions are shown at once; each page of them is proposed by itself.
SHOWN = 60


@require_GET
@page("introductions.assign")
def assignment(request: Request) -> HttpResponseBase:
    """The trade-off, and what would be proposed at the chosen point."""
    plan, job = balancing.latest(), balancing.running()
    may_see = job is not None and request.user.has_perm("jobs.view", job)
    context: dict[str, Any] = {"job": job, "may_see_job": may_see, "plan": plan}
    rows = plan.at(_spread(plan, request.GET.get("spread", ""))) if plan else []
    if form := form_of(request):
        return export(ProposalTable(balancing.proposals(plan, rows) if plan else []), "统筹分配", form)
    if plan is None:
        return render(request, "introductions/assignment.html", context)
    spread = _spread(plan, request.GET.get("spread", ""))
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    points = [one | {"weight": f"{one['spread']:g}", "chosen": one["spread"] == spread} for one in plan.tradeoff]
    context |= {
        "spread": spread,
        "shown": shown,
        "proposals": balancing.proposals(plan, list(shown.object_list)),
        "points": points,
        "alike": len({(one["firms_used"], one["total"]) for one in points}) == 1,
        "curve": [(one["firms_used"], one["total"], one["weight"], one["chosen"]) for one in points],
    }
    return render(request, "introductions/assignment.html", context)


@require_GET
@page("introductions.assign")
def tradeoff(request: Request) -> HttpResponseBase:
    """The whole trade-off as a file."""
    plan = balancing.latest()
    return export(TradeoffTable(plan.tradeoff if plan else []), "取舍", form_of(request) or "xlsx")


@require_POST
@page("introductions.assign")
def begin(request: Request) -> HttpResponse:
    """Run the assignment anew, in the background."""
    operations.assign(actor=request.user)
    return redirect("introductions:assignment")


@require_POST
@page("introductions.assign")
def propose(request: Request) -> HttpResponse:
    """Propose what was ticked of a point; what is not of it is passed over."""
    plan = balancing.latest()
    if plan is None:
        return redirect("introductions:assignment")
    spread, ticked = _spread(plan, request.POST.get("spread", "")), set(request.POST.getlist("ticked"))
    rows = [row for row in plan.at(spread) if f"{row['need']}|{row['firm']}" in ticked]
    made, refused = operations.propose_assigned(
        actor=request.user, run=plan.matching.path.name, spread=spread, proposals=balancing.proposals(plan, rows)
    )
    if not ticked:
        messages.error(request, _("请先勾选要推荐的企业"), "no")
    if made:
        messages.success(request, _("已推荐 {n} 条，等双方答复").format(n=made), "yes")
    for sentence in refused:
        messages.error(request, sentence, "no")
    return redirect(f"{reverse('introductions:assignment')}?spread={spread:g}")


def _spread(plan: Plan, asked: str) -> float:
    """The weight that is asked for, where it is one of the plan's; else that which is best for needs."""
    return next((one for one in plan.spreads if f"{one:g}" == asked), plan.spreads[0])
