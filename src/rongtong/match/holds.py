"""How each hard constraint is decided, as a pure function of one need and one offer: true, false, unknown, not asked.

A :class:`Row` is what the columns of a need or offer say. Nothing missing becomes a yes or a no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from rongtong.identity import compare, normalise
from rongtong.match import places
from rongtong.match.numbers import a_year, thing_of
from rongtong.match.words import alternatives, words

Row = Mapping[str, Any]
Verdicts = Mapping[str, Mapping[str, str]]
#: The answer where a need does not ask.
NOT_ASKED = "not_asked"
Answer = bool | str | None


@dataclass(frozen=True)
class Day:
    """The day of the run, and what assessments say: verdicts by rulebook and firm."""

    day: date
    verdicts: Verdicts = field(default_factory=dict)


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether all hold, in three values."""
    found = list(answers)
    return False if False in found else None if None in found else True


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether any holds, in three values."""
    found = list(answers)
    return True if True in found else None if None in found else False


def own(need: Row, offer: Row, _day: Day) -> Answer:
    """Not the need's own firm; whether two of like names are one, a person says."""
    if need["firm"] is None or offer["firm"] in (need["perhaps"] or ()):
        return None
    return bool(need["firm"] != offer["firm"])


def excluded(need: Row, offer: Row, _day: Day) -> Answer:
    """Nobody whom either side leaves out."""
    if not need["excludes"] and not offer["excludes"]:
        return NOT_ASKED
    others = [(name, offer["name"]) for name in need["excludes"] or ()]
    others += [(name, need["name"]) for name in offer["excludes"] or ()]
    return all_of(_differ(name, other) for name, other in others)


def _differ(name: str, other: str | None) -> bool | None:
    if other is None:
        return None
    if normalise(name) in normalise(other):
        return False
    return {"same": False, "different": True, "ask": None}[compare(name, other).outcome]


def kind(need: Row, offer: Row, _day: Day) -> Answer:
    """Of the kind that is needed; what the registry knows of products does not say what else a firm does."""
    if not offer["kinds"]:
        return None
    if words().answers(need["kind"]) & set(offer["kinds"]):
        return True
    return None if offer["source"] == "registry" else False


def region(need: Row, offer: Row, _day: Day) -> Answer:
    """In a place to which the need is limited."""
    return places.is_in(need["regions"], offer["places"] or ())


def titles(need: Row, offer: Row, day: Day) -> Answer:
    """Titles that are held on the day."""
    return _required(need["titles"], offer, day)


def certificates(need: Row, offer: Row, day: Day) -> Answer:
    """Certificates that are held."""
    return _required(need["certificates"], offer, day)


def _required(items: list[str], offer: Row, day: Day) -> Answer:
    return all_of(any_of(standing(one, offer, day.day) for one in alternatives(item)) for item in items)


def standing(one: str, offer: Row, day: date) -> bool | None:
    """Whether a firm holds a title on *day*, or a certificate."""
    if one in words().titles:
        return _title(one, offer, day)
    if one in (offer["certificates"] or ()):
        return True
    return False if one in (offer["lacks"] or ()) else None


def _title(one: str, offer: Row, day: date) -> bool | None:
    """A title of which the last day is not known may have run out, and one that ran out may have been renewed."""
    spells = [_in_force(spell, day) for spell in offer["titles"] or () if spell["kind"] == one]
    found = any_of(spells)
    return found if found is not False else (False if offer["titles_known"] else None)


def _in_force(spell: Row, day: date) -> bool | None:
    if spell["since"] is not None and spell["since"] > day:
        return False
    return None if spell["until"] is None else bool(day <= spell["until"])


def rulebooks(need: Row, offer: Row, day: Day) -> Answer:
    """Qualified by every rulebook that is asked for, as far as assessments tell."""
    known = {"qualified": True, "not_qualified": False}
    return all_of(known.get(day.verdicts.get(one, {}).get(offer["firm"], "")) for one in need["rulebooks"])


def exclusive(_need: Row, offer: Row, _day: Day) -> Answer:
    """Willing to be exclusive."""
    answer: bool | None = offer["exclusive"]
    return answer


def budget(need: Row, offer: Row, _day: Day) -> Answer:
    """Not dearer than the budget: what the offer costs at least, else what as many as are needed would cost."""
    if offer["price"] is not None:
        return bool(offer["price"] <= need["budget"])
    alike = thing_of(need["unit"]) == thing_of(offer["unit"])
    each, many = offer["unit_price"], need["quantity"] if alike else None
    if each is None or (many is None and each <= need["budget"]):
        return None
    return bool(each * (1 if many is None else many) <= need["budget"])


def quantity(need: Row, offer: Row, _day: Day) -> Answer:
    """Able to supply as many; amounts in different units are not compared, those by month and by year are."""
    if offer["quantity"] is None:
        return None
    (wanted, unit), (there, other) = (a_year(one["quantity"], one["unit"]) for one in (need, offer))
    return bool(there >= wanted) if unit == other else None


def in_time(need: Row, offer: Row, _day: Day) -> Answer:
    """Able to deliver by the day it is needed."""
    return None if offer["available_from"] is None else bool(offer["available_from"] <= need["needed_by"])


def in_force(need: Row, offer: Row, day: Day) -> Answer:
    """Neither the need nor the offer has run out."""
    ends = [end for end in (need["valid_until"], need["needed_by"], offer["valid_until"]) if end is not None]
    return all(day.day <= end for end in ends) if ends else NOT_ASKED


#: The constraints of which a need may only wish that they hold, and the column in which it would ask for them.
WISHED = {"region": "regions", "titles": "titles", "certificates": "certificates"}


def wished(need: Row) -> Iterator[tuple[str, Row]]:
    """Each wish of *need*: the constraint, and the need as it would be if it asked for nothing but that."""
    for one in need["wishes"] or ():
        yield one["constraint"], {**need, WISHED[one["constraint"]]: one["asked"]}


class Constraint(NamedTuple):
    """A hard constraint: its decision, the columns of need and offer that it looks at, and which of them is told.

    *asked* is the column of the need that its words call so, *found* the offer's; "" where they tell of none. A need
    that says nothing in the column *only* does not ask; "" where offers may ask too.
    """

    decide: Callable[[Row, Row, Day], Answer]
    asks: tuple[str, ...]
    tells: tuple[str, ...]
    asked: str = ""
    found: str = ""
    only: str = ""

    def asked_by(self, need: Row) -> bool:
        """Whether an answer depends on the offer; a budget of nothing is one."""
        return not self.only or bool(need[self.only]) or isinstance(need[self.only], Decimal)

    def holds(self, need: Row, offer: Row, day: Day) -> Answer:
        """Whether *offer* gives what *need* asks."""
        return self.decide(need, offer, day) if self.asked_by(need) else NOT_ASKED


_TITLED = ("titles", "titles_known", "certificates", "lacks")
#: Each constraint by its id; what is said of it stands in ``catalogue/match/constraints.yaml`` under the same id.
CONSTRAINTS = {
    "own": Constraint(own, ("firm", "perhaps"), ("firm",)),
    "excluded": Constraint(excluded, ("excludes", "name"), ("excludes", "name"), "excludes"),
    "kind": Constraint(kind, ("kind",), ("kinds", "source"), "kind", "kinds", "kind"),
    "region": Constraint(region, ("regions",), ("places",), "regions", "places", "regions"),
    "titles": Constraint(titles, ("titles",), _TITLED, "titles", "titles", "titles"),
    "rulebooks": Constraint(rulebooks, ("rulebooks",), ("firm",), "rulebooks", only="rulebooks"),
    "certificates": Constraint(
        certificates, ("certificates",), _TITLED, "certificates", "certificates", "certificates"
    ),
    "exclusive": Constraint(exclusive, ("exclusive",), ("exclusive",), only="exclusive"),
    "budget": Constraint(budget, ("budget", "quantity", "unit"), ("price", "unit_price", "unit"), only="budget"),
    "quantity": Constraint(quantity, ("quantity", "unit"), ("quantity", "unit"), "quantity", "quantity", "quantity"),
    "date": Constraint(in_time, ("needed_by",), ("available_from",), "needed_by", "available_from", only="needed_by"),
    "in_force": Constraint(in_force, ("valid_until", "needed_by"), ("valid_until",), "", "valid_until"),
}
