"""Drafts of rulebooks: the list, beginning one, the page of one with its parts, its text and its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongtong import yaml12
from rongtong.definitions.loader import DefinitionError
from rongtong.errors import InputError
from rongtong.portal.authoring import operations, parts, queries, trying
from rongtong.portal.authoring.forms import BeginForm, CopyForm, PurposeForm, TextForm, VersionForm
from rongtong.portal.authoring.models import Draft, Version
from rongtong.portal.authoring.tables import DraftTable
from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people.access import Request, page, require

DRAFT = "authoring:draft"
#: So many earlier texts are offered to go back to.
VERSIONS = 12


@require_GET
@page("authoring.list")
def drafts(request: Request) -> HttpResponseBase:
    """The drafts that the reader may read, and two ways to begin one."""
    found = queries.drafts(request.user)
    if form := form_of(request):
        return export(DraftTable(found), "规则草稿", form)
    context = {
        "drafts": found[:50],
        "may_write": request.user.has_perm("authoring.write"),
        "copy": CopyForm(),
        "begin": BeginForm(),
    }
    return render(request, "authoring/drafts.html", context)


@require_http_methods(["GET", "POST"])
@page("authoring.write")
def new(request: Request) -> HttpResponse:
    """Begin a draft: a copy of an official edition, or a policy of one's own."""
    copying = "based_on" in (request.POST or request.GET)
    given = request.POST or None
    form = CopyForm(given, initial=request.GET.dict()) if copying else BeginForm(given)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if copying:
            made = operations.copy(actor=request.user, **said)
        else:
            made = operations.begin(actor=request.user, **said | {"since": said["since"].isoformat()})
        return redirect(DRAFT, made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "authoring/new.html", {"form": form, "copying": copying}, status=status)


@require_GET
@page("authoring.view")
def draft(request: Request, number: int) -> HttpResponse:
    """A draft, part by part."""
    held = held_draft(request, number, "authoring.view")
    text = queries.text_of(held)
    tree = yaml12.load(text)
    wrong = queries.problem(text)
    context: dict[str, Any] = {
        "draft": held,
        "tree": tree,
        "sections": parts.sections(tree),
        "problem": wrong,
        "mend_at": _nearest(wrong) if wrong else "",
        "may_edit": request.user.has_perm("authoring.edit", held),
        "may_write": request.user.has_perm("authoring.write"),
        "may_try": request.user.has_perm("authoring.try", held),
        "trial": trying.about(held),
        "purpose": PurposeForm.of(held),
        "changes": queries.changes(held),
        "official": queries.official(held.based_on),
        "versions": held.versions.select_related("made_by")[:VERSIONS],
    }
    return render(request, "authoring/draft.html", context)


def _nearest(wrong: DefinitionError) -> str:
    """The part with a form of its own that what is *wrong* stands in."""
    loc = wrong.loc
    while loc and not parts.kind_of(loc):
        loc = loc[:-1]
    return parts.at_of(loc)


@require_http_methods(["GET", "POST"])
@page("authoring.edit")
def text(request: Request, number: int) -> HttpResponse:
    """The whole file as text."""
    held = held_draft(request, number, "authoring.edit")
    form = TextForm(request.POST or None, initial={"text": queries.text_of(held)})
    if request.method == "POST" and form.is_valid():
        seen, said = request.POST.get("seen", ""), form.cleaned_data["text"]
        try:
            operations.change(actor=request.user, draft=held, text=said, seen=seen, what=_("改了文本"))
        except InputError as error:
            form.add_error("text", error.sentence)
        else:
            return saved(request, held)
    status = 422 if request.method == "POST" else 200
    return render(request, "authoring/text.html", {"draft": held, "form": form}, status=status)


@require_GET
@page("authoring.view")
def file(request: Request, number: int) -> HttpResponse:
    """The file itself, as the command line takes it."""
    held = held_draft(request, number, "authoring.view")
    said = queries.text_of(held)
    answer = HttpResponse(said, content_type="application/yaml; charset=utf-8")
    name = escape_uri_path(queries.name_of(yaml12.load(said)).name)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@require_POST
@page("authoring.write")
def copy(request: Request, number: int) -> HttpResponse:
    """A draft of one's own that says what this one says."""
    held = held_draft(request, number, "authoring.view")
    return redirect(DRAFT, operations.copy_draft(actor=request.user, draft=held).pk)


@require_POST
@page("authoring.edit")
def restore(request: Request, number: int) -> HttpResponse:
    """Go back to an earlier text."""
    held = held_draft(request, number, "authoring.edit")
    form = VersionForm(request.POST)
    version = get_object_or_404(Version, pk=form.cleaned_data["version"] if form.is_valid() else None, draft=held)
    operations.restore(actor=request.user, draft=held, version=version)
    return saved(request, held)


@require_POST
@page("authoring.edit")
def discard(request: Request, number: int) -> HttpResponse:
    """Put a draft away."""
    operations.discard(actor=request.user, draft=held_draft(request, number, "authoring.edit"))
    return redirect("authoring:drafts")


def held_draft(request: Request, number: int, permission: str) -> Draft:
    """The draft of that number, when the reader may *permission* with it."""
    held = get_object_or_404(Draft.objects.select_related("trial", "made_by"), pk=number)
    require(request.user, permission, held)
    return held


def saved(request: Request, held: Draft) -> HttpResponse:
    """Back to the page of the draft, which says that it was kept."""
    messages.success(request, _("已保存；官方规则没有动"), "yes")
    return redirect(DRAFT, held.pk)
