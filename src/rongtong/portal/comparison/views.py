"""A list compared: the form, the progress, the doubtful rows, the filled workbook."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.lists import told
from rongtong.portal.comparison import operations
from rongtong.portal.comparison.forms import ListForm, RowForm
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.comparison.tables import ComparisonTable, MatchTable
from rongtong.portal.comparison.tasks import MATCHES
from rongtong.portal.design.forms import told_on
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry.models import Firm

SHOWN, EARLIER = 100, 10


@require_http_methods(["GET", "POST"])
@page("comparison.use")
def begin(request: Request) -> HttpResponseBase:
    """The form, and what was compared before."""
    own = Comparison.objects.filter(made_by=request.user)
    if as_file := form_of(request):
        return export(ComparisonTable(own), "名单比对记录", as_file)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            made = operations.begin(actor=request.user, **form.asked())
            return redirect("comparison:result", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "comparison/begin.html", {"form": form, "earlier": own[:EARLIER]}, status=status)


@require_GET
@page("comparison.view")
def result(request: Request, number: int) -> HttpResponseBase:
    """What came of it: the doubtful rows first, each decided in one click."""
    held = _held(request, number)
    if held.counts is not None and held.rights != request.user.rights:
        held = operations.again(actor=request.user, held=held)
    if held.counts is not None and (as_file := form_of(request)):
        return export(MatchTable(_exported(held)), "名单比对", as_file)
    context: dict[str, Any] = {"held": held}
    if held.counts is not None:
        context |= _rows(held)
    return render(request, "comparison/result.html", context)


@require_POST
@page("comparison.view")
def decide(request: Request, number: int) -> HttpResponse:
    """Say which firm a row is."""
    held = _held(request, number)
    form = RowForm(request.POST)
    if form.is_valid():
        operations.decide(actor=request.user, held=held, **form.cleaned_data)
    return redirect("comparison:result", number)


@require_GET
@page("comparison.view")
def filled(request: Request, number: int) -> FileResponse:
    """The same workbook, filled."""
    held = _held(request, number)
    file = held.filled
    if held.counts is None or held.rights != request.user.rights or not file.is_file():
        raise Http404
    name = f"{PurePath(held.name).stem}_比对{file.suffix}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)


def _held(request: Request, number: int) -> Comparison:
    held = get_object_or_404(Comparison.objects.select_related("job"), pk=number)
    require(request.user, "comparison.view", held)
    return held


def _exported(held: Comparison) -> list[dict[str, Any]]:
    matches = pq.read_table(held.folder / MATCHES).to_pylist()
    firms = Firm.objects.in_bulk({firm for one in matches for firm in one["candidates"]})
    among = {firm: {"name": one.name, "uscc": one.uscc} for firm, one in firms.items()}
    return [one | {"among": told([firm for firm in one["candidates"] if firm in among], among)} for one in matches]


def _rows(held: Comparison) -> dict[str, Any]:
    matches = pq.read_table(held.folder / MATCHES)
    pieces = {
        outcome: matches.filter(pc.equal(matches["outcome"], outcome)).slice(0, SHOWN).to_pylist()
        for outcome in ("ask", "none", "same")
    }
    names = Firm.objects.in_bulk({firm for one in pieces["ask"] for firm in one["candidates"]})
    for one in pieces["ask"]:
        one["firms"] = [names[firm] for firm in one["candidates"] if firm in names]
    return {"asked": pieces["ask"], "missing": pieces["none"], "same": pieces["same"]}
