"""What came of it all: needs answered, days to the first introduction, contracts, whom they went to, by month."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import dropwhile
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongtong.definitions.days import months_after
from rongtong.portal.days import today
from rongtong.portal.introductions.merging import Run
from rongtong.portal.introductions.models import Figure, Introduction, flow
from rongtong.portal.introductions.queries import contracted
from rongtong.portal.introductions.rules import everywhere
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting, Step
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import by_id

#: How far back the months go.
MONTHS = 12
SMALL = ("微型", "小型")
SIZES = ("small", "larger", "unknown")
_SIZES = "SELECT firm, size_class FROM firms WHERE list_contains($1, firm)"


@dataclass(frozen=True)
class Results:
    """The figures; *days* is None before the first introduction, *sizes* counts contracts by the supplier's size."""

    needs: int
    answered: int
    days: float | None
    introductions: int
    agreed: int
    contracts: int
    sizes: dict[str, int]
    months: list[Run]

    @property
    def share(self) -> float | None:
        """Of contracts whose supplier's size is known, the share that went to small firms; None when none is."""
        known = self.sizes["small"] + self.sizes["larger"]
        return self.sizes["small"] / known if known else None


@dataclass(frozen=True)
class Asked:
    """A need that was published, its first introduction, how many it had and how many became contracts."""

    need: Posting
    published: datetime.date
    first: datetime.date | None
    n: int
    won: int

    @property
    def days(self) -> int | None:
        """Days from publishing to the first introduction."""
        return (self.first - self.published).days if self.first else None


def results() -> Results:
    """The figures of today."""
    made = Introduction.objects.all()
    sizes = Counter(sizes_of(won().values_list("firm", flat=True)))
    answered, days = days_to_first()
    return Results(
        needs=len(_published()),
        answered=answered,
        days=days,
        introductions=made.count(),
        agreed=made.agreed().count(),
        contracts=won().count(),
        sizes={one: sizes[one] for one in SIZES},
        months=_months(),
    )


def won() -> QuerySet[Introduction]:
    """The introductions that became contracts."""
    return Introduction.objects.filter(contracted())


def days_to_first() -> tuple[int, float | None]:
    """How many published needs were answered, and the median of their days to the first introduction."""
    first, published = _first(), _published()
    days = [(first[need] - day).days for need, day in published.items() if need in first]
    return len(days), median(days) if days else None


def _published() -> dict[int, datetime.date]:
    """When each need that was published was published first, the latest first."""
    steps = Step.objects.filter(transition="publish", posting__side=Posting.Side.NEED).order_by("-pk")
    return dict(steps.values_list("posting", "on"))


def _first() -> dict[int, datetime.date]:
    """When each need had its first introduction."""
    return dict(Introduction.objects.order_by("-made_on").values_list("need", "made_on"))


def needs() -> list[Asked]:
    """Every need that was published, the latest first."""
    published, first = _published(), _first()
    postings = Posting.objects.in_bulk(published)
    n = Counter(Introduction.objects.values_list("need", flat=True))
    signed = Counter(won().values_list("need", flat=True))
    return [Asked(postings[pk], day, first.get(pk), n[pk], signed[pk]) for pk, day in published.items()]


def buyers(user: User, asked: Iterable[Asked]) -> dict[int, str]:
    """The names of the firms behind *asked*, by the need's number, as far as *user*, who is in charge of them all, may
    know: where the firm shows its name, or an introduction is so far that *user* reads who the buyer is."""
    known = [one.id for one in flow().states if "buyer" in flow().reads(one.id, everywhere(user))]
    met = set(Introduction.objects.filter(state__in=known).values_list("need", flat=True))
    shown = [one.need for one in asked if one.need.named or one.need.pk in met]
    firms = by_id({one.firm for one in shown})
    return {one.pk: firms[one.firm].name for one in shown if one.firm in firms}


def sizes_of(firms: Collection[str] | QuerySet[Introduction, str]) -> list[str]:
    """Of each of *firms*, small, larger or unknown."""
    now = by_id(firms)
    known = _known({one.id for one in now.values()})
    return [_size(known.get(now[one].id) if one in now else None) for one in firms]


def _size(name: str | None) -> str:
    return "unknown" if not name else "small" if name in SMALL else "larger"


def _known(firms: set[str]) -> dict[str, str | None]:
    """The size class, a public field, of those firms of which it is a fact."""
    snapshot = current.having("size_class")
    if snapshot is None:
        return {}
    with snapshot.connect() as connection:
        return dict(connection.execute(_SIZES, [sorted(firms)]).fetchall())


def _months() -> list[Run]:
    """The last months, the oldest first, from the first in which something was."""
    begun = Counter(f"{day:%Y-%m}" for day in Introduction.objects.values_list("made_on", flat=True))
    contracts = Figure.objects.filter(kind=Figure.Kind.CONTRACTED)
    won = Counter(f"{day:%Y-%m}" for day in contracts.values_list("day", flat=True))
    first = today().replace(day=1)
    last = [f"{months_after(first, -back):%Y-%m}" for back in range(MONTHS - 1, -1, -1)]
    found = [Run(one, one, begun[one], won[one]) for one in last]
    return list(dropwhile(lambda one: not one.begun and not one.won, found))


def size_label(size: str) -> str:
    """What a size is called."""
    return {"small": _("小微企业"), "larger": _("中型及以上"), "unknown": _("规模未知")}[size]
