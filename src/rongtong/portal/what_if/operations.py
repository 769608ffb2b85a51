"""Whom to call: that the numbers were read or taken along stands in the trail."""

from __future__ import annotations

from rongtong.portal.audit.operations import operation
from rongtong.portal.people.models import User

SAID = ("rulebook", "step", "district", "title", "count", "form")


@operation("what_if.call_list", permission="what_if.call", says=SAID)
def call_list(*, actor: User, rulebook: str, step: str, district: str, title: str, count: int, form: str) -> None:
    """Somebody takes along whom to call: on what question, at how many firms, on a page or as a file."""
    del actor, rulebook, step, district, title, count, form
