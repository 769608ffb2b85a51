"""What came of it all: needs answered, days to the first introduction, contracts, whom they went to, by month."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from rongtong.errors import InputError
from rongtong.portal.days import months_after, today
from rongtong.portal.introductions.merging import Run
from rongtong.portal.introductions.models import Figure, Introduction
from rongtong.portal.introductions.queries import contracted
from rongtong.portal.postings.models import Posting, Step
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import by_id

#: How far back the months go.
MONTHS = 12
#: The states that an introduction is in when not both have agreed.
NOT_AGREED = ("proposed", "declined")
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


def results() -> Results:
    """The figures of today."""
    asked, made = needs(), Introduction.objects.all()
    won = made.filter(contracted())
    sizes = Counter(sizes_of(won.values_list("firm", flat=True)))
    return Results(
        needs=asked.count(),
        answered=asked.filter(n__gt=0).count(),
        days=_days(asked),
        introductions=made.count(),
        agreed=made.exclude(state__in=NOT_AGREED).count(),
        contracts=won.count(),
        sizes={one: sizes[one] for one in SIZES},
        months=_months(),
    )


def needs() -> QuerySet[Posting]:
    """Every need that was published, with ``published``, its ``first`` introduction and how many (``n``, ``won``)."""
    published = Step.objects.filter(posting=OuterRef("pk"), transition="publish").order_by("pk").values("on")[:1]
    contract = Q(introductions__figures__kind=Figure.Kind.CONTRACTED)
    return (
        Posting.objects.filter(side=Posting.Side.NEED)
        .annotate(
            published=Subquery(published),
            first=Min("introductions__made_on"),
            n=Count("introductions", distinct=True),
            won=Count("introductions", filter=contract, distinct=True),
        )
        .exclude(published=None)
        .order_by("-published", "-pk")
    )


def days_to_first(need: Posting) -> int | None:
    """Days from publishing a need of :func:`needs` to its first introduction."""
    first: datetime.date | None = getattr(need, "first", None)
    return (first - getattr(need, "published", first)).days if first else None


def _days(asked: QuerySet[Posting]) -> float | None:
    found = [days for one in asked if (days := days_to_first(one)) is not None]
    return median(found) if found else None


def sizes_of(firms: Collection[str] | QuerySet[Introduction, str]) -> list[str]:
    """Of each of *firms*, small, larger or unknown."""
    now = by_id(firms)
    known = _known({one.id for one in now.values()})
    return [_size(known.get(now[one].id) if one in now else None) for one in firms]


def _size(name: str | None) -> str:
    return "unknown" if not name else "small" if name in SMALL else "larger"


def _known(firms: set[str]) -> dict[str, str | None]:
    """The size class, a public field, of those firms of which it is a fact."""
    try:
        snapshot = current.snapshot()
    except InputError:
        return {}
    if "size_class" not in snapshot.columns:
        return {}
    with snapshot.connect() as connection:
        return dict(connection.execute(_SIZES, [sorted(firms)]).fetchall())


def _months() -> list[Run]:
    """The last months, the oldest first."""
    begun = Counter(f"{day:%Y-%m}" for day in Introduction.objects.values_list("made_on", flat=True))
    contracts = Figure.objects.filter(kind=Figure.Kind.CONTRACTED)
    won = Counter(f"{day:%Y-%m}" for day in contracts.values_list("day", flat=True))
    first = today().replace(day=1)
    last = [f"{months_after(first, -back):%Y-%m}" for back in range(MONTHS - 1, -1, -1)]
    return [Run(one, one, begun[one], won[one]) for one in last]


def size_label(size: str) -> str:
    """What a size is called."""
    return {"small": _("小微企业"), "larger": _("中型及以上"), "unknown": _("规模未知")}[size]
