"""The list of introductions: what is asked for, and its rows as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from rongtong.definitions.wording import worded
from rongtong.portal.introductions import queries
from rongtong.portal.introductions.models import Figure, Introduction, Outcome, Side, flow
from rongtong.portal.introductions.queries import Reach
from rongtong.portal.introductions.results import sizes_of
from rongtong.portal.introductions.rules import reads, side_of
from rongtong.portal.people.models import OF_FIRMS, User
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id

PIECE = 500


@dataclass(frozen=True)
class Question:
    """Which introductions: in a state, of a side, stuck, waiting for oneself, with a contract, begun in a month…"""

    state: str = ""
    side: str = ""
    q: str = ""
    stuck: bool = False
    waiting: bool = False
    agreed: bool = False
    won: bool = False
    size: str = ""
    begun: str = ""
    signed: str = ""


@dataclass(frozen=True)
class Row:
    """One introduction as its reader sees it: a firm that is not to be known is None, so are figures."""

    introduction: Introduction
    side: str
    buyer: Firm | None
    supplier: Firm | None
    waits: tuple[str, ...]
    figures: dict[str, Figure]
    reach: tuple[Reach, ...] = ()

    @property
    def other(self) -> Firm | None:
        """The firm across the table, for a side."""
        return self.supplier if self.side == Side.BUYER else self.buyer


def found(user: User, asked: Question) -> QuerySet[Introduction]:
    """Those that *user* may see and asks for, newest first."""
    base = queries.waits_for(user) if asked.waiting else queries.of(user)
    wanted = Q(state=asked.state) if asked.state else Q()
    if asked.q:
        wanted &= Q(need__title__icontains=asked.q)
    if asked.stuck:
        wanted &= queries.is_stuck()
    if asked.agreed:
        wanted &= Q(state__in=flow().of_kind["agreed"])
    if asked.won:
        wanted &= Q(queries.contracted())
    if asked.begun:
        wanted &= _in_month("made_on", asked.begun)
    if asked.signed:
        wanted &= _in_month("figures__day", asked.signed) & Q(figures__kind=Figure.Kind.CONTRACTED)
    return _sized(base.filter(wanted & _of_side(user, asked.side)), asked.size)


def _in_month(column: str, month: str) -> Q:
    year, number = map(int, month.split("-"))
    return Q(**{f"{column}__year": year, f"{column}__month": number})


def _of_side(user: User, side: str) -> Q:
    """For firms what they are that side of; for others what that side is to go on with."""
    if not side:
        return Q()
    if user.acts_as(*OF_FIRMS):
        return queries.of_side(user, side)
    return Q(state__in=[one.id for one in flow().states if side in one.call])


def _sized(found: QuerySet[Introduction], size: str) -> QuerySet[Introduction]:
    if not size:
        return found
    firms = list(found.order_by().values_list("firm", flat=True).distinct())
    return found.filter(firm__in=[one for one, its in zip(firms, sizes_of(firms), strict=True) if its == size])


def by_state(found: QuerySet[Introduction]) -> list[tuple[str, str, int]]:
    """State, its label and how many are in it, in the order of the workflow; empty ones are left out."""
    counted = dict(found.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    return [(one.id, worded(one.label), counted[one.id]) for one in flow().states if one.id in counted]


def rows(user: User, introductions: Iterable[Introduction], *, reached: bool = False) -> list[Row]:
    """Their rows; with the contacts that *user* may have when *reached*."""
    shown = list(introductions)
    firms = by_id({firm for one in shown for firm in (one.firm, one.buyer)})
    figures: dict[int, dict[str, Figure]] = {}
    for figure in Figure.objects.filter(introduction__in=shown):
        figures.setdefault(figure.introduction_id, {})[figure.kind] = figure
    return [_row(user, one, firms, figures.get(one.pk, {}), reached=reached) for one in shown]


def _row(user: User, one: Introduction, firms: dict[str, Firm], figures: dict[str, Figure], *, reached: bool) -> Row:
    may = reads(user, one)
    return Row(
        one,
        side_of(user, one),
        firms.get(one.buyer) if "buyer" in may or one.need.named else None,
        firms.get(one.firm) if "supplier" in may else None,
        tuple(side for side in one.stands.call if "agree" not in queries.answered(one, side)),
        figures if "figures" in may else {},
        tuple(queries.contacts(user, one)) if reached else (),
    )


def outcomes(user: User) -> list[tuple[Outcome, Row]]:
    """What has been said of contracts that *user* may read, the latest first, each beside its introduction's row."""
    found = Outcome.objects.filter(introduction__in=queries.of(user).values("pk")).order_by("-on", "-pk")
    told = list(found.select_related("introduction__need__made_by"))
    shown = {one.introduction_id: one.introduction for one in told}
    known = {
        row.introduction.pk: row for row in rows(user, shown.values()) if "figures" in reads(user, row.introduction)
    }
    return [(one, known[one.introduction_id]) for one in told if one.introduction_id in known]


def in_pieces(user: User, found: QuerySet[Introduction], *, reached: bool) -> Iterator[Row]:
    """All rows of *found*, for an export, without holding them all."""
    for start in range(0, found.count(), PIECE):
        yield from rows(user, found[start : start + PIECE], reached=reached)
