"""The one door for reading: facts and verdicts of a firm, with the reader's grants.

A figure goes through when its field is public, when the reader may see the firm's figures (the firm itself, its
district, the city), or when the reader is the secretariat and the firm has consented to that field. What is derived
inherits the strictest of its inputs: a clause of which one value is hidden shows neither value nor outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.facts import Fact, Record
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Consent, Firm


@dataclass(frozen=True)
class Grants:
    """What a reader may see of one firm: everything, or the public fields and those consented to."""

    everything: bool
    consented: frozenset[str] = frozenset()

    def allow(self, slot: str) -> bool:
        """Whether the figure at *slot* (or of a field, subset or attribute) goes through."""
        field = catalogue().fields.get(field_of(slot))
        return self.everything or (field is not None and (field.sensitivity == "public" or field.id in self.consented))


@dataclass(frozen=True)
class FirmFacts:
    """The facts of a firm that the reader may see, and how many there are that it may not."""

    shown: list[Fact]
    hidden: int


def grants(user: User | None, firm: Firm) -> Grants:
    """What *user* (None: the public) may see of *firm*."""
    return grants_of(user, [firm])[firm.id]


def grants_of(user: User | None, firms: Collection[Firm]) -> dict[str, Grants]:
    """What *user* (None: the public) may see of each of *firms*; their consents are asked for at once."""
    known = user if user is not None and user.is_authenticated else None
    opened = {firm.id for firm in firms if known and known.has_perm("registry.view_figures", firm)}
    closed = {firm.id for firm in firms} - opened
    given = _consents(closed) if known and known.acts_as(Role.SECRETARIAT) else {}
    return {firm.id: Grants(firm.id in opened, frozenset(given.get(firm.id, ()))) for firm in firms}


def _consents(firms: set[str]) -> dict[str, set[str]]:
    """The fields that each of *firms* lets the secretariat see."""
    now = current.leading_to(firms)
    found: dict[str, set[str]] = {}
    for one, field in Consent.objects.filter(firm__in=now, withdrawn_at=None).values_list("firm", "field"):
        found.setdefault(now[one], set()).add(field)
    return found


def facts(user: User | None, firm: Firm) -> FirmFacts:
    """The facts of *firm*, each with its sources, as far as *user* may see them."""
    may = grants(user, firm)
    found = current.facts_of(firm.id)
    shown = [fact for fact in found if may.allow(fact.slot)]
    return FirmFacts(shown, len(found) - len(shown))


def records(user: User | None, firm: Firm) -> list[Record]:
    """The records of *firm*'s lists, as far as *user* may see them."""
    may = grants(user, firm)
    return [one for one in current.records_of(firm.id) if may.allow(one.list)]


def verdict(user: User | None, firm: Firm, rulebook: str) -> dict[str, Any]:
    """The story of *firm* under *rulebook*, as ``Assessment.explain`` tells it, hidden clauses marked ``hidden``."""
    may = grants(user, firm)
    story = current.story(rulebook, firm.id)
    if may.everything:
        return story
    told = story | {"clauses": [_veiled(clause, may) for clause in story["clauses"]]}
    if not any(clause.get("hidden") for clause in clauses(told)):
        return told
    return told | {"hidden": True, "verdict": None, "score": None, "missing": [], "missing_detail": []}


def card(user: User | None, firm: Firm, rulebook: str) -> dict[str, Any]:
    """The verdict on *firm* in short: ``verdict``, ``score``, ``lacks``; nothing where a clause is hidden."""
    if all(map(grants(user, firm).allow, current.assessment(rulebook).names)):
        return current.card(rulebook, firm.n)
    return {"verdict": None, "score": None, "lacks": 0}


def _veiled(clause: dict[str, Any], may: Grants) -> dict[str, Any]:
    parts = [_veiled(part, may) for part in clause.get("parts", [])]
    closed = not all(may.allow(name) for name in clause["values"]) or any(part.get("hidden") for part in parts)
    own = {"parts": parts} if parts else {}
    if not closed:
        return clause | own
    return clause | own | {"values": {}, "sources": {}, "holds": None, "points": None, "margin": None, "hidden": True}


def clauses(story: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every clause of a story, a whole before its parts."""
    for clause in [*story.get("clauses", ()), *story.get("parts", ())]:
        yield clause
        yield from clauses(clause)


def field_of(name: str) -> str:
    """The field that a slot, a subset of a list or an attribute belongs to."""
    return Slot.parse(name).field if "[" in name else name.partition(".")[0]
