"""The shelf, one rulebook clause by clause, and its worked examples; for everybody, as the documents are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongtong.portal.design.tables import show
from rongtong.portal.people.access import public
from rongtong.portal.rulebooks import examples, queries
from rongtong.portal.rulebooks.tables import ExampleTable, ShelfTable
from rongtong.portal.rulebooks.told import Told


@require_GET
@public
def shelf(request: HttpRequest) -> HttpResponseBase:
    """Every edition of every rulebook."""
    found = queries.shelf()
    return show(request, "rulebooks/shelf.html", ShelfTable(found), name="规则库", editions=found)


@require_GET
@public
def rulebook(request: HttpRequest, rulebook: str) -> HttpResponse:
    """One edition: what it asks, who decides, how points are earned, from when until when, and by which document."""
    found = queries.edition(rulebook)
    told, passing = Told(found.book), examples.passing(found.book)
    context = {
        "edition": found,
        "file": found.book.file,
        "others": [one for one in reversed(queries.of_rulebook(found.book.id)) if one.key != found.key],
        "prerequisites": told.clauses("prerequisite"),
        "conditions": told.clauses("condition"),
        "vetoes": told.clauses("veto"),
        "groups": told.groups(),
        "grants": told.grants(),
        "spans": [(purpose, found.spans(purpose), found.applies(purpose)) for purpose in queries.PURPOSES],
        "passing": passing[0],
        "examples": passing[1],
        "judged": found.book.id in queries.on_offer(),
    }
    return render(request, "rulebooks/rulebook.html", context)


@require_GET
@public
def worked(request: HttpRequest, rulebook: str) -> HttpResponseBase:
    """Every worked example of an edition, and whether it passes."""
    found = queries.edition(rulebook)
    runs = examples.runs(found.book)
    table = ExampleTable(runs, book=found.book)
    passing = sum(one.outcome.passes for one in runs)
    context = {"edition": found, "passing": passing, "count": len(runs)}
    return show(request, "rulebooks/examples.html", table, name="算例", **context)
