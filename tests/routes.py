"""Every page of the portal as its addresses tell, and what ``portal/permissions.csv`` gives each role on it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from inspect import getclosurevars
from pathlib import Path
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from rongtong.portal.people.access import PERMISSION
from rongtong.portal.people.models import AccessLink
from rongtong.portal.people.operations import token_of

TABLE = Path(__file__).parent / "portal" / "permissions.csv"
#: Pages that are Django's own.
FOREIGN = {"set_language"}
#: Pages about another thing than their capability's first.
ITS_OWN = {
    "comparison:filled": "filled",
    "introductions:attachment": "message",
    "introductions:candidates": "need",
    "introductions:propose": "need",
    "introductions:apply": "need",
    "notifications:again": "delivery",
    "membership:leave": "member",
    "people:remove-contact": "contact",
    "people:revoke-claimed": "grant",
}


def pages() -> dict[str, str]:
    """The name of every page and the permission that it asks for."""
    return {page: getattr(view, PERMISSION, "MISSING") for page, view in views().items()}


def views() -> dict[str, Callable[..., object]]:
    """The name of every page and what answers it."""
    found: dict[str, Callable[..., object]] = {}

    def walk(patterns, namespace: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, f"{namespace}{one.namespace}:" if one.namespace else namespace)
            elif isinstance(one, URLPattern) and one.name not in FOREIGN:
                found[f"{namespace}{one.name}"] = one.callback

    walk(get_resolver().url_patterns, "")
    return found


def methods() -> dict[str, set[str]]:
    """The methods that every page takes, as its view says."""
    return {page: _methods(view) for page, view in views().items()}


def _methods(view: Callable[..., object]) -> set[str]:
    """What the nearest of Django's ``require_…`` around *view* was given; nothing for a view that has none."""
    found = getclosurevars(view).nonlocals.get("request_method_list")
    inner = getattr(view, "__wrapped__", None)
    return set(found) if found else _methods(inner) if inner else set()


def table() -> list[dict[str, str]]:
    """The rows of the permission matrix."""
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_by(role: str) -> list[str]:
    """The pages that *role* may open about its own things, or about none."""
    return [
        row["page"] for row in table() if row["method"] == "GET" and row["object"] != "other" and row[role] == "yes"
    ]


def address(page: str, *tries: dict[str, object]) -> str:
    """The address of *page* with the first of *tries* that are its arguments."""
    for arguments in tries:
        try:
            return reverse(page, kwargs=arguments)
        except NoReverseMatch:  # these arguments are not the page's
            continue
    raise AssertionError(page)


def _token(made: dict[tuple[str, str], int]) -> str:
    """Of the link that was made; one that was forged where none was."""
    link = AccessLink.objects.filter(pk=made.get(("link", "-"))).first()
    return token_of(link) if link else "forged"


def thing_of(page: str, name: str, firm: Any, made: dict[tuple[str, str], int]) -> str:
    """The address of *page* about one of the things that the fixture ``made`` made: of *firm*, by *name*."""
    capability = ITS_OWN.get(page, page.partition(":")[0])
    return address(
        page,
        {"firm": firm and firm.id, "rulebook": "cn/srdi-sme"},
        {"firm": firm and firm.id, "slot": "well_known"},
        {"firm": firm and firm.id},
        {"rulebook": "cn/srdi-sme"},
        {"number": made.get((capability, name))},
        {"mention": firm and firm.id.removeprefix("f"), "cell": "A1"},
        {"token": _token(made)},
        {},
    )
