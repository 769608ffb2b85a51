"""The directory, a firm's page, and the cell that a figure stands in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from rongtong.portal.design.tables import export, form_of
from rongtong.portal.people.access import Request, page, public, require
from rongtong.portal.registry import cells, current, door
from rongtong.portal.registry.cards import cards
from rongtong.portal.registry.directory import Found
from rongtong.portal.registry.forms import DirectoryForm
from rongtong.portal.registry.pages import contacts, grouped, listed, title_of, titles
from rongtong.portal.registry.queries import firm_or_404
from rongtong.portal.registry.tables import DirectoryTable
from rongtong.search import Hit

PIECE = 25
#: The directory is public; whoever wants more of it than this asks the secretariat.
EXPORTED = 10_000


@require_GET
@public
def directory(request: HttpRequest) -> HttpResponseBase:
    """Firms found by characters, pinyin, initials, code, former name or product; filtered by title, district, chain."""
    form = DirectoryForm(request.GET)
    found = Found(form.asked(), form.piece(PIECE))
    if as_file := form_of(request):
        return export(DirectoryTable(found[:EXPORTED]), "企业名单", as_file)
    pages: Paginator[Hit] = Paginator(found, PIECE)  # type: ignore[arg-type]  # counts and slices as a queryset does
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "shown": shown,
        "cards": cards([hit.firm for hit in shown]),
        "facets": found.facets(),
        "preparing": not current.searchable(),
    }
    return render(request, "registry/directory.html", context)


@require_GET
@public
def firm(request: HttpRequest, firm: str) -> HttpResponse:
    """A firm's page, as far as the reader may see it; an id of before a merge leads on."""
    found = firm_or_404(firm)
    if found.id != firm:
        return redirect("registry:firm", found.id)
    user = request.user if request.user.is_authenticated else None
    facts, records = door.facts(user, found), door.records(user, found)
    context: dict[str, Any] = {
        "firm": found,
        "facts": facts,
        "groups": grouped(facts.shown),
        "titles": titles(records),
        "lists": listed(records),
    }
    if user and user.has_perm("registry.view_file", found):
        context |= {
            "verdicts": [(book, title_of(book), door.card(user, found, book)) for book in settings.RULEBOOKS],
            "pending": current.pending(found.id),
            "contacts": contacts(user, found),
            "may_see_sources": user.has_perm("registry.view_figures", found),
            "may_chase": user.has_perm("titles.chase", found),
        }
    return render(request, "registry/firm.html", context)


@require_GET
@page("registry.view_file")
def cell(request: Request, mention: str, cell: str) -> HttpResponse:
    """The cell that a figure stands in, with the rows around it, as the file was received."""
    owner = cells.firm_of_mention(mention)
    if owner is None:
        raise Http404
    require(request.user, "registry.view_figures", owner)
    return render(request, "registry/cell.html", {"firm": owner, "shown": cells.around(mention, cell)})
