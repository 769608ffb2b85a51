"""The pages that change a part of a draft: what is wrong with it is told beside its field, with file, line and mend."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rongtong import yaml12
from rongtong.definitions import editing
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.loader import DefinitionError, Loc
from rongtong.definitions.wording import worded
from rongtong.portal.authoring import operations, parts, queries
from rongtong.portal.authoring.models import Draft
from rongtong.portal.authoring.part_forms import FORMS, PartForm
from rongtong.portal.authoring.row_forms import rows_of, written
from rongtong.portal.authoring.views import held_draft, saved
from rongtong.portal.design.forms import refused, told_on
from rongtong.portal.people.access import Request, page

#: What only sums up its parts: it is kept as it is said, and told on the draft while its parts do not add up to it.
_ADDED_UP = ("group", "sheet")
#: What has conditions.
_ASKING = ("clause", "criterion", "grant")
#: Fields of a form that stand under another key of the file.
FIELDS = {"in_force": "since", "source": "document", "applies": "districts", "hard": "soft"}


@require_http_methods(["GET", "POST"])
@page("authoring.edit")
def part(request: Request, number: int) -> HttpResponse:
    """Change a part, or add one to a list."""
    held = held_draft(request, number, "authoring.edit")
    text, loc, new = queries.text_of(held), parts.loc_of(request.GET.get("at", "")), "new" in request.GET
    kind = parts.kind_of(loc, new=new)
    if not kind:
        raise Http404
    given = request.POST or None
    there = _part(text, loc, new=new)
    if there is None:
        if given is not None:
            operations.not_overtaken(held, given.get("seen", ""))
        raise Http404
    form = FORMS[kind](given, part=there)
    rows = rows_of(form, given)
    if given is not None and _still(held, given, form) and form.is_valid() and (rows is None or rows.is_valid()):
        changed, where = _written(text, loc, form.changed() | dict(written(form, rows)), new=new)
        wrong = _wrong(changed)
        if wrong and _is_within(wrong.loc, where) and kind not in _ADDED_UP:
            _tell(form, rows, wrong, wrong.loc[len(where) :])
        elif _kept(request, held, changed, form):
            return saved(request, held)
    words = _words() if kind in _ASKING else ()
    context = {"draft": held, "form": form, "rows": rows, "kind": kind, "new": new, "words": words}
    return render(request, "authoring/part.html", context, status=422 if request.method == "POST" else 200)


def _still(held: Draft, given: Any, form: PartForm) -> bool:
    """Whether the draft still says what was seen when the form was opened; else that is said on the form."""
    with told_on(form):
        operations.not_overtaken(held, given.get("seen", ""))
    return not form.non_field_errors()


def _part(text: str, loc: Loc, *, new: bool) -> dict[str, Any] | None:
    """What stands there; of a new one nothing yet; None where there is no such place."""
    if new and loc in parts.BEGUN:
        return {}
    try:
        found = editing.part(yaml12.load(text), loc)
    except (KeyError, IndexError, TypeError):
        return None
    if new:
        return {} if isinstance(found, list) else None
    return found if isinstance(found, dict) else None


def _written(text: str, loc: Loc, found: dict[str, Any], *, new: bool) -> tuple[str, Loc]:
    """The whole file with *found* in it, and where that stands then."""
    if not new:
        return _changed(text, loc, found), loc
    tree = yaml12.load(text)
    named = {"id": parts.new_id(loc, set(parts.ids(tree)))} | found
    if loc == ("grants", "items") and not tree.get("grants"):
        return editing.put(text, ("grants",), {"items": [named]}), (*loc, 0)
    if loc == ("score", "groups"):
        named |= {"criteria": []}
        if not tree.get("score"):
            return editing.put(text, ("score",), {"max": named["max"], "groups": [named]}), (*loc, 0)
    held = tree
    for step in loc[:-1]:
        held = held[step]
    return editing.add(text, loc, named), (*loc, len(held.get(loc[-1]) or ()))


def _changed(text: str, loc: Loc, found: dict[str, Any]) -> str:
    """The file with each key of a part put or cut that is not as it was."""
    before = editing.part(yaml12.load(text), loc)
    for name in [one for one in before if one not in found]:
        text = editing.cut(text, (*loc, name))
    for name, value in found.items():
        if before.get(name) != value:
            text = editing.put(text, (*loc, name), value)
    return text


def _wrong(text: str) -> DefinitionError | None:
    """The first thing that is wrong with a file."""
    try:
        return queries.problem(text)
    except DefinitionError as error:
        return error


def _is_within(wrong: Loc, where: Loc) -> bool:
    """Whether what is wrong stands in the very part that was changed; what stands elsewhere is told on the draft."""
    return wrong[: len(where)] == where and (bool(where) or wrong[:1] not in _ELSEWHERE)


def _kept(request: Request, held: Draft, text: str, form: PartForm) -> bool:
    """Keep *text*; where somebody else did meanwhile, say so on the form."""
    title = str(form.cleaned_data.get("title") or _("合计"))
    seen = request.POST.get("seen", "")
    with told_on(form):
        operations.change(
            actor=request.user, draft=held, text=text, seen=seen, what=_("改了“{what}”").format(what=title)
        )
    return not form.errors


#: Parts of the file that are not those of its head.
_ELSEWHERE = tuple((name,) for name in ("requires", "conditions", "excludes", "score", "grants"))


def _tell(form: PartForm, rows: Any, wrong: DefinitionError, below: Loc) -> None:
    """What is wrong, beside the field that it stands in."""
    name = str(below[0]) if below else ""
    if rows is not None and name == rows.prefix and len(below) > 1 and isinstance(below[1], int):
        filled = [one for one in rows.forms if not one.is_blank]
        if below[1] < len(filled):
            filled[below[1]].add_error(None, wrong.sentence)
            return
    field = FIELDS.get(name, name)
    form.add_error(field if field in form.fields else None, wrong.sentence)


@require_POST
@page("authoring.edit")
def cut(request: Request, number: int) -> HttpResponse:
    """Take a part out."""
    held, loc = held_draft(request, number, "authoring.edit"), parts.loc_of(request.POST.get("at", ""))
    text = queries.text_of(held)
    if not loc or not isinstance(loc[-1], int) or not parts.kind_of(loc):
        raise refused()
    operations.not_overtaken(held, request.POST.get("seen", ""))
    gone = _part(text, loc, new=False)
    if gone is None:
        raise Http404
    what = _("删了“{what}”").format(what=gone.get("title", ""))
    operations.change(
        actor=request.user, draft=held, text=editing.cut(text, loc), seen=request.POST.get("seen", ""), what=what
    )
    return saved(request, held)


def _words() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked of a firm, as conditions write it and as people call it, by the parts of the catalogue."""
    fields, found = catalogue(), []
    for title, names in fields.groups.items():
        scalars = [fields[name] for name in names if fields[name].kind == "scalar"]
        found.append(
            (worded(title), [(f"{one.id}[Y]" if one.per_year else one.id, worded(one.label)) for one in scalars])
        )
    lists = [(f"{one.id}.{subset.id}", worded(subset.label)) for one in fields.lists for subset in one.subsets]
    return [*((title, told) for title, told in found if told), (_("清单（用 any、count、sum）"), lists)]
