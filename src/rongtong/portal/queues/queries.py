"""What is to be decided, as far as the reader's districts go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.facts import undecided
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.identity import describe
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Pending

PIECE = undecided.MOST
#: All of them: more than any alliance has.
ALL = 10_000_000


def conflicts(user: User, *, kind: str = undecided.OPEN, start: int = 0, most: int = PIECE) -> list[Row]:
    """A piece of the conflicts that *user* may decide, without those decided since the snapshot."""
    found = undecided.conflicts(current.snapshot(), kind=kind, districts=user_districts(user), start=start, most=most)
    decided = set(Pending.objects.values_list("firm", "slot"))
    return [one for one in found if (one["firm"], one["slot"]) not in decided]


def counts(user: User) -> dict[str, int]:
    """How many conflicts of each kind, and how many pairs that may be one firm."""
    found = _contested(current.snapshot(), user_districts(user))
    return found | {"pairs": len(duplicates(user))}


def duplicates(user: User) -> list[Row]:
    """Pairs that may be one firm, the likeliest first, with the reasons in words."""
    decided = set(Pending.objects.exclude(firm="").values_list("firm", flat=True))
    return [
        one | {"reasons": [describe(reason) for reason in one["reasons"]], "across": _across(user, one)}
        for one in _alike(current.snapshot(), user_districts(user))
        if not {one["left_firm"], one["right_firm"]} & decided
    ]


# What a snapshot says of districts never changes: it is worked out once for all who look.


@lru_cache(maxsize=64)
def _contested(snapshot: Snapshot, districts: frozenset[str] | None) -> dict[str, int]:
    return undecided.counts(snapshot, districts=districts)


@lru_cache(maxsize=64)
def _alike(snapshot: Snapshot, districts: frozenset[str] | None) -> list[Row]:
    return undecided.pairs(snapshot, districts=districts)


def waiting(user: User) -> Iterator[Waiting]:
    """The two queues, when they are not empty."""
    if not user.acts_as(Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER, Role.CITY_OFFICER):
        return
    found = counts(user)
    if found[undecided.OPEN]:
        yield Waiting(
            _("来源说法不一，请定取舍"), _("{n} 处疑点").format(n=found[undecided.OPEN]), reverse("queues:conflicts")
        )
    if found["pairs"]:
        yield Waiting(_("可能是同一家企业，请判断"), _("{n} 对").format(n=found["pairs"]), reverse("queues:duplicates"))


def _across(user: User, pair: Row) -> bool:
    """Whether one of the two lies outside the reader's districts, so that the city must decide."""
    return not user.acts_as(Role.CITY_OFFICER) and not {pair["left_district"], pair["right_district"]} <= user.districts


def user_districts(user: User) -> frozenset[str] | None:
    """The districts whose firms *user* decides about; None for the city, which decides about all."""
    return None if user.acts_as(Role.CITY_OFFICER) else user.districts
