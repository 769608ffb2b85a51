"""Reads of statements: a firm's, those that are still to be made, and which take which's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.assessment import judging
from rongtong.portal.assessment.queries import Answer, Question
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Current, Firm, Pending
from rongtong.portal.registry.queries import looked_after
from rongtong.portal.registry.rows import Rows
from rongtong.portal.rulebooks.queries import applying, offered
from rongtong.portal.statements import matters
from rongtong.portal.statements.matters import Matter
from rongtong.portal.statements.models import Statement
from rongtong.qualify.deciding import deciders, deciding

KINDS = frozenset(("judgement", "outside_score", "offline_check"))


@dataclass(frozen=True)
class Asked:
    """A matter that a clause of a firm's verdict rests on, what is in force of it, and whether verdicts know it yet."""

    matter: Matter
    statement: Statement | None
    settled: bool


@dataclass(frozen=True)
class Ground:
    """A clause that asks for a matter: what it is called, where it stands, its words and how they are read."""

    title: str
    cite: str
    text: str
    note: str


def of_firm(firm: Firm) -> QuerySet[Statement]:
    """Every statement on *firm*, the last first."""
    found = Statement.objects.filter(firm__in=current.ids_of(firm.id))
    return found.select_related("made_by", "ended_by")


def in_force(firm: Firm) -> dict[str, Statement]:
    """By slot the statement in force; of several, which only a merge can bring, the last."""
    return {one.slot: one for one in reversed(of_firm(firm).filter(state=Statement.State.IN_FORCE))}


def history(firm: Firm, matter: Matter) -> list[Statement]:
    """What was ever recorded on *matter*, of an offline check on any of them, the last first."""
    found = of_firm(firm)
    of_kind = found.filter(slot__startswith=f"{matters.OFFLINE}.") if matter.offline else found.filter(slot=matter.slot)
    return list(of_kind)


def standing(firm: Firm, matter: Matter) -> list[Statement]:
    """The statements in force that a new one on *matter* may take the place of, those on the very matter first."""
    held = of_firm(firm).filter(state=Statement.State.IN_FORCE)
    found = [one for one in held if one.slot == matter.slot]
    return found + [one for one in held if matter.offline and one.slot != matter.slot and _excludes(one)]


def _excludes(one: Statement) -> bool:
    """Whether it says something offline that another answer can contradict: that there is nothing, or that there is."""
    return one.slot == matters.NOTHING or (one.slot.startswith(f"{matters.OFFLINE}.") and one.value == "是")


def displaced(firm: Firm, slot: str, value: str) -> list[Statement]:
    """Those of them whose place one of *value* on *slot* takes: on the same, and what cannot be so at once."""
    nothing = slot == matters.NOTHING and value == "否"
    return [
        one
        for one in standing(firm, Matter(slot))
        if one.slot == slot or nothing or (one.slot == matters.NOTHING and value == "是")
    ]


def has_rival(one: Statement) -> bool:
    """Whether another statement is in force on the very matter."""
    return Statement.objects.filter(firm=one.firm, slot=one.slot, state=Statement.State.IN_FORCE).exists()


def asked(firm: Firm, clauses: Iterator[dict[str, Any]]) -> dict[str, list[Asked]]:
    """By clause, of those without parts, what a person is to find out of *firm*."""
    held, pending = in_force(firm), {one.slot for one in current.pending(firm.id)}
    return {
        one["id"]: [
            Asked(each, said, said is None or said.slot not in pending)
            for each in matters.named(one["values"])
            for said in [held.get(each.slot) or (held.get(matters.NOTHING) if each.offline else None)]
        ]
        for one in clauses
        if not one.get("parts") and not one.get("hidden")
    }


def grounds(user: User, firm: Firm, matter: Matter, rulebook: str) -> list[Ground]:
    """The clauses of *rulebook* that ask for *matter*, as *user* sees the verdict on *firm*."""
    if not rulebook:
        return []
    applying(rulebook)
    return list(_grounds(door.verdict(user, firm, rulebook)["clauses"], matter, ""))


def _grounds(clauses: Iterable[dict[str, Any]], matter: Matter, cite: str) -> Iterator[Ground]:
    """Those among *clauses*; a part that says not where it stands stands where its whole does."""
    for one in clauses:
        place = one["cite"] or cite
        if parts := one.get("parts"):
            yield from _grounds(parts, matter, place)
        elif matter in matters.named(one["values"]):
            yield Ground(one["title"], place, one["text"], one["note"])


def rulebooks() -> list[tuple[str, str]]:
    """Those by which one can apply today and that ask a person for something, each with its title."""
    return [(name, title) for name, title in offered() if _asks(name)]


def _asks(rulebook: str) -> bool:
    book = applying(rulebook).book
    return any(KINDS.intersection(deciders(nodes)) for _head, nodes in deciding(book))


def facts_of(rulebook: str) -> list[str]:
    """What *rulebook* asks a person for, as verdicts call what is missing."""
    if not judging.ready(rulebook):
        return []
    asked = {_fact(one.slot) for one in matters.named(current.assessment(rulebook).names)}
    return [one for one in matters.facts() if one in asked]


def counts(user: User) -> list[tuple[str, str, int | None]]:
    """Each rulebook that asks a person for something, its title, and how much is due; None until it is judged by."""
    return [
        (name, title, due(user, Question(name)).count() if judging.ready(name) else None) for name, title in rulebooks()
    ]


def due(user: User, question: Question) -> Rows:
    """What is to be found out of firms in *user*'s charge that are undetermined; not what waits to be settled."""
    found = Answer(user, question).lacking(list(matters.facts()))
    told = [f"{one.firm} {_fact(one.slot)}" for one in Pending.objects.exclude(firm="")]
    query = f"SELECT * FROM ({found.select}) WHERE NOT list_contains(?, firm || ' ' || fact)"
    return Rows(query, (*found.parameters, told))


def _fact(slot: str) -> str:
    """The fact of a slot, as verdicts call what is missing."""
    return slot.partition("[")[0].removesuffix(".any")


def slot_of(rulebook: str, fact: str) -> str:
    """The slot of a missing *fact*: of a yearly one that of the first year that *rulebook* asks for."""
    names = current.assessment(rulebook).names
    found = [each for name in names if _fact(name) == fact and (each := matters.of_name(name))]
    return found[0].slot if found else fact


def recorded(user: User) -> QuerySet[Statement]:
    """Every statement on a firm in *user*'s charge, the last first."""
    return looked_after(Statement.objects.select_related("made_by", "ended_by"), user)


def waiting(user: User) -> Iterator[Waiting]:
    """What is to be found out for the rulebooks by which everybody is judged, and what was written and not entered."""
    if not user.acts_as(Role.DISTRICT_OFFICER, Role.CITY_OFFICER) or not Current.objects.exists():
        return
    for rulebook, title, n in counts(user):
        if n and rulebook in settings.RULEBOOKS:
            url = f"{reverse('statements:due')}?rulebook={rulebook}"
            yield Waiting(_("核查判断：{title}").format(title=title), _("{n} 项").format(n=n), url)
    for one in recorded(user).filter(state=Statement.State.WRITTEN, made_by=user):
        url = reverse("statements:record", args=[one.firm, one.slot])
        yield Waiting(_("核查结论没有记入，请重试"), one.called, url)
