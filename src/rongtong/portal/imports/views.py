"""The wizard: upload, columns, problems, confirm, result; and the marked copy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rongtong.errors import InputError
from rongtong.i18n import joined, mark
from rongtong.portal.days import today
from rongtong.portal.design.tables import export, form_of, show, whole
from rongtong.portal.imports import contacts, operations, queries, readings
from rongtong.portal.imports.forms import CellForm, HeadingForm, UploadForm, YearForm
from rongtong.portal.imports.models import Upload
from rongtong.portal.imports.tables import ProblemTable, UploadTable
from rongtong.portal.people.access import Request, page, require
from rongtong.portal.people.models import Contact, User

#: The step of the wizard at which each state stands.
STEPS = {"reading": 2, "refused": 2, "read": 3, "importing": 4, "imported": 5, "undone": 3, "discarded": 2}
#: How a column was recognised, in words.
HOW = {
    "exact": mark("与标准名相同"),
    "synonym": mark("常见叫法"),
    "fuzzy": mark("近似，请看一眼"),
    "decided": mark("人工指定"),
    "declined": mark("人工指定不采用"),
    "ignored": mark("不含企业数据"),
    "contact": mark("联系信息，不入库"),
    "unknown": mark("没有认出"),
}
PIECE = 50
#: The whole list of problems: more than any workbook has.
ALL = 10_000_000


@require_GET
@page("imports.upload")
def uploads(request: Request) -> HttpResponseBase:
    """What was uploaded, and the form for the next."""
    table = UploadTable(queries.uploads(request.user))
    return show(request, "imports/uploads.html", table, name="导入记录", form=UploadForm())


@require_POST
@page("imports.upload")
def begin(request: Request) -> HttpResponse:
    """Take a workbook."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = operations.upload(actor=request.user, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("imports:upload", made.pk)
    table = UploadTable(queries.uploads(request.user))
    return render(request, "imports/uploads.html", {"form": form, "table": table}, status=422)


@require_GET
@page("imports.view")
def upload(request: Request, number: int) -> HttpResponseBase:
    """Where an upload stands: what its columns mean, which cells want a person, and what to do next."""
    held = _held(request, number, "imports.view")
    account = readings.load(held.folder)
    if account and (as_file := form_of(request)):
        return _as_file(account, request.GET.get("reason", ""), as_file)
    context: dict[str, Any] = {"held": held, "step": STEPS[held.state], "account": account}
    if account:
        context |= _problems(request, held, account) | _passed(request, account)
        context |= {
            "columns": [one | {"how_label": how_label(one)} for one in account.columns],
            "contact_columns": _contact_columns(request.user, account),
            "taken": Contact.objects.filter(entry=held.entry).count() if held.entry else 0,
            "heading_form": HeadingForm(years=_years(held)),
        }
    return render(request, "imports/upload.html", context)


def _as_file(account: readings.Account, chosen: str, as_file: str) -> HttpResponseBase:
    """Every cell that wants a person, of a *chosen* reason or all; then with what was passed over."""
    passed, _number = account.passed(most=0 if chosen else ALL)
    return export(ProblemTable([*account.problems(chosen, most=ALL), *passed]), "待核对单元格", as_file)


def _problems(request: Request, held: Upload, account: readings.Account) -> dict[str, Any]:
    """A piece of the cells that want a person, with what was done about each."""
    chosen, start = request.GET.get("reason", ""), whole(request.GET.get("from", ""))
    corrected, returned = queries.corrected(held), queries.returned(held)
    return {
        "problems": [told(one, corrected, returned) for one in account.problems(chosen, start, PIECE)],
        "found": account.count(chosen),
        "kinds": account.kinds(),
        "reason": chosen,
        "next": start + PIECE,
    }


def _passed(request: Request, account: readings.Account) -> dict[str, Any]:
    """A piece of what was passed over for a reason."""
    since = whole(request.GET.get("passed", ""))
    passed, in_all = account.passed(since, PIECE)
    return {
        "passed": passed,
        "passed_number": in_all,
        "passed_since": since,
        "passed_last": since + len(passed),
        "passed_next": since + PIECE,
        "passed_before": max(since - PIECE, 0) or "",
    }


@require_POST
@page("imports.change")
def heading(request: Request, number: int) -> HttpResponse:
    """Say what a heading means."""
    held = _held(request, number, "imports.change")
    form = HeadingForm(request.POST, years=_years(held))
    return _do(request, held, form, lambda given: operations.decide_heading(actor=request.user, held=held, **given))


@require_POST
@page("imports.change")
def confirm(request: Request, number: int) -> HttpResponse:
    """Import it."""
    held = _held(request, number, "imports.change")
    wanted = request.POST.get("contacts") == "yes"
    return _do(request, held, None, lambda _given: operations.confirm(actor=request.user, held=held, contacts=wanted))


@require_POST
@page("imports.change")
def discard(request: Request, number: int) -> HttpResponse:
    """Give it up."""
    held = _held(request, number, "imports.change")
    done = _("已弃用，文件已删除")
    return _do(request, held, None, lambda _given: operations.discard(actor=request.user, held=held), done)


@require_POST
@page("imports.change")
def undo(request: Request, number: int) -> HttpResponse:
    """Take it back."""
    held = _held(request, number, "imports.change")
    return _do(request, held, None, lambda _given: operations.undo(actor=request.user, held=held), _("已撤销这次导入"))


@require_POST
@page("imports.change")
def year(request: Request, number: int) -> HttpResponse:
    """Say of which year the workbook's figures are."""
    held = _held(request, number, "imports.change")

    def do(given: dict[str, Any]) -> object:
        return operations.tell_year(actor=request.user, held=held, **given)

    return _do(request, held, YearForm(request.POST), do)


@require_POST
@page("imports.change")
def correct(request: Request, number: int) -> HttpResponse:
    """Say how a cell is to be read."""
    held = _held(request, number, "imports.change")

    def do(given: dict[str, Any]) -> object:
        del given["note"]
        return operations.correct(actor=request.user, held=held, **given)

    return _do(request, held, CellForm(request.POST), do, _("已更正读法"))


@require_POST
@page("imports.change")
def send_back(request: Request, number: int) -> HttpResponse:
    """Send a cell back to who reported it."""
    held = _held(request, number, "imports.change")

    def do(given: dict[str, Any]) -> object:
        account = readings.load(held.folder)
        letters = given["cell"].rstrip("0123456789")
        found = account.problem(given["sheet"], int(given["cell"][len(letters) :]), letters) if account else None
        told = (
            {"text": found["text"] or "", "reason": found["reason"]} if found else {"text": "", "reason": given["note"]}
        )
        return operations.send_back(
            actor=request.user, held=held, sheet=given["sheet"], cell=given["cell"], note=given["note"], **told
        )

    return _do(request, held, CellForm(request.POST), do, _("已退回核实"))


@require_GET
@page("imports.view")
def marked(request: Request, number: int) -> FileResponse:
    """The workbook as it came, with its problems marked."""
    held = _held(request, number, "imports.view")
    file = readings.marked(held.folder, own=request.user == held.made_by)
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"{held.path.stem}_批注.xlsx")


def _do(request: Request, held: Upload, form: forms.Form | None, do: Any, done: str = "") -> HttpResponse:
    """Do what *form* asks for and go back to the upload, saying what came of it."""
    if form is not None and not form.is_valid():
        messages.error(request, joined((str(error) for errors in form.errors.values() for error in errors), "；"), "no")
        return redirect("imports:upload", held.pk)
    try:
        do(dict(form.cleaned_data) if form else {})
    except InputError as error:
        messages.error(request, error.sentence, "no")
    else:
        if done:
            messages.success(request, done, "yes")
    return redirect("imports:upload", held.pk)


def told(
    problem: dict[str, Any], corrected: dict[tuple[str, str], str], returned: set[tuple[str, str]]
) -> dict[str, Any]:
    """A problem with what was done about it."""
    place = (problem["sheet"], f"{problem['column']}{problem['row']}")
    return problem | {"done": corrected.get(place, ""), "returned": place in returned}


def how_label(column: dict[str, Any]) -> str:
    """How a column was recognised, in words."""
    text = HOW[column["how"]]
    return _(text)


def _contact_columns(user: User, account: readings.Account) -> str:
    """The columns of contacts that may be taken, in words; "" when there are none or they are none of *user*'s."""
    if not user.has_perm("people.view_contact"):
        return ""
    found = [column for parts in contacts.columns(account.columns).values() for column in parts.values()]
    return joined(f"{one['heading']}（{one['letter']}）" for one in found)


def _held(request: Request, number: int, permission: str) -> Upload:
    held = get_object_or_404(Upload.objects.select_related("made_by", "job"), pk=number)
    require(request.user, permission, held)
    return held


def _years(held: Upload) -> list[int]:
    last = held.year or today().year - 1
    return [last, last - 1, last - 2]
