"""A list compared: the form, the progress, the doubtful rows, the filled workbook."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.comparison import operations, queries
from rongtong.portal.comparison.forms import EntryForm, ListForm, RowForm
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.comparison.tables import AnswerTable, ComparisonTable, MatchTable
from rongtong.portal.design.forms import checked, told_on
from rongtong.portal.design.tables import export, form_of, whole
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.registry import current

EARLIER = 10


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
    """What came of it: the doubtful rows first, each answered in one click; what was answered can be changed."""
    held = _held(request, number)
    if held.counts is not None and held.rights != request.user.rights and not queries.open_job(held):
        held = operations.again(actor=request.user, held=held)
    if held.counts is not None and (as_file := form_of(request)):
        return export(MatchTable(queries.exported(held)), "名单比对", as_file)
    context: dict[str, Any] = {"held": held}
    if held.counts is not None:
        context |= _rows(request, held)
    return render(request, "comparison/result.html", context)


def _rows(request: Request, held: Comparison) -> dict[str, Any]:
    """A piece of the rows that are asked for; unless somebody asks, the first kind of which there are any."""
    matches = queries.matched(held)
    counts = queries.counts(matches)
    usual = next((one for one in queries.SHOWN if counts[one]), queries.SHOWN[0])
    show = request.GET.get("show") if request.GET.get("show") in queries.SHOWN else usual
    text, start = request.GET.get("text", "").strip(), whole(request.GET.get("from", ""))
    rows, number = queries.piece(held, matches, show=show or usual, text=text, start=start)
    return {
        "counts": counts, "show": show, "text": text, "rows": rows, "number": number, "start": start,
        "all_ticked": request.GET.get("ticked") == "yes",
        "last": start + len(rows), "next": start + queries.PIECE, "before": max(start - queries.PIECE, 0),
        "stale": held.stamp != queries.stamp(matches), "moved": held.snapshot != current.snapshot().id,
    }  # fmt: skip


@require_POST
@page("comparison.view")
def answer(request: Request, number: int) -> HttpResponse:
    """Say which firm a row is."""
    held = _held(request, number)
    form = checked(RowForm(request.POST))
    try:
        entry = operations.answer(actor=request.user, held=held, **form.asked())
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        told = _("已记入台账第 {} 条；以后的名单上同样的写法照此办")
        messages.success(request, format_html(told, entry), "yes")
    return _back(request, reverse("comparison:result", args=[number]))


@require_POST
@page("comparison.view")
def answer_several(request: Request, number: int) -> HttpResponse:
    """Say of each row that is ticked that it is the one firm beside it; rows that somebody else answered are told."""
    held, done, late = _held(request, number), 0, []
    for form in (RowForm(dict(zip(("row", "firm", "seen"), one.split(":"), strict=False))) for one in _ticked(request)):
        if form.is_valid():
            try:
                operations.answer(actor=request.user, held=held, **form.asked())
                done += 1
            except InputError as error:
                late.append(error.sentence)
    if done:
        messages.success(request, _("已记下 {} 行的答复；以后的名单上同样的写法照此办").format(done), "yes")
    if late or not done:
        messages.error(request, late[0] if late else _("请先勾选"), "no")
    return _back(request, reverse("comparison:result", args=[number]))


def _ticked(request: Request) -> list[str]:
    return request.POST.getlist("ticked")[: queries.PIECE]


@require_GET
@page("comparison.use")
def answers(request: Request) -> HttpResponseBase:
    """Every answer in force, the latest first: each can be taken back."""
    text = request.GET.get("text", "").strip()
    found = queries.answers(text)
    if as_file := form_of(request):
        return export(AnswerTable(found), "名单答复", as_file)
    start = whole(request.GET.get("from", ""))
    piece = found[start : start + queries.PIECE]
    context = {
        "answers": piece, "number": len(found), "text": text, "start": start, "last": start + len(piece),
        "next": start + queries.PIECE, "before": max(start - queries.PIECE, 0),
    }  # fmt: skip
    return render(request, "comparison/answers.html", context)


@require_POST
@page("comparison.use")
def withdraw(request: Request) -> HttpResponse:
    """Take an answer back."""
    form = checked(EntryForm(request.POST))
    try:
        operations.withdraw(actor=request.user, **form.cleaned_data)
        messages.success(request, _("已收回这个答复，同样的写法会再问"), "yes")
    except InputError as error:
        messages.error(request, error.sentence, "no")
    return _back(request, reverse("comparison:answers"))


@require_POST
@page("comparison.view")
def again(request: Request, number: int) -> HttpResponse:
    """Compare anew, with the registry as it is now."""
    operations.again(actor=request.user, held=_held(request, number))
    return redirect("comparison:result", number)


@require_GET
@page("comparison.view")
def filled(request: Request, number: int) -> HttpResponseBase:
    """The same workbook, filled as answers are now; a long list that wants filling anew shows how far that is."""
    held = _held(request, number)
    if held.counts is None or held.rights != request.user.rights or not queries.is_there(held):
        raise Http404
    if held.stamp != queries.stamp(queries.matched(held)) or not held.filled.is_file():
        held = operations.fill(actor=request.user, held=held)
        if queries.open_job(held):
            return redirect("comparison:result", number)
    name = f"{PurePath(held.name).stem}_比对{held.filled.suffix}"
    return FileResponse(held.filled.open("rb"), as_attachment=True, filename=name)


def _held(request: Request, number: int) -> Comparison:
    held = get_object_or_404(Comparison.objects.select_related("job"), pk=number)
    require(request.user, "comparison.view", held)
    return held


def _back(request: Request, address: str) -> HttpResponse:
    """To the piece of the list from which an answer was given, else to *address*."""
    back = request.POST.get("back", "")
    return redirect(back if back.startswith(reverse("comparison:begin")) and "//" not in back else address)
