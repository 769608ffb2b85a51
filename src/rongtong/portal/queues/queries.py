"""What is to be decided, as far as the reader's districts go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.facts import undecided
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.identity import describe_all
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.firm_ids import Written, firm_named, named, written
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Between, Firm, Pending
from rongtong.portal.registry.queries import by_id
from rongtong.portal.registry.rules import firm_of
from rongtong.report.judging import in_words, likely

PIECE = undecided.MOST
DIVIDE = "queues.divide"
#: All of them: more than any alliance has.
ALL = 10_000_000


@dataclass(frozen=True)
class Undivided:
    """A row written while *gone* was part of *kept*, as a person reads it: whose it is must be said."""

    item: Between
    kept: Firm
    gone: Firm
    row: Written

    @property
    def two(self) -> tuple[Firm, Firm]:
        """Both firms."""
        return self.kept, self.gone


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
    """Pairs that may be one firm, the likeliest first, with how likely and the reasons in words."""
    decided = set(Pending.objects.exclude(firm="").values_list("firm", flat=True))
    return [
        one
        | {"likely": in_words(likely(one))}
        | {"reasons": describe_all(one["reasons"]), "across": _across(user, one)}
        for one in _alike(current.snapshot(), user_districts(user))
        if not {one["left_firm"], one["right_firm"]} & decided
    ]


def undivided(user: User) -> list[Undivided]:
    """What was written while two firms were one, as far as *user* says whose it is; the rows of two together."""
    items = list(Between.objects.filter(decided_at=None))
    firms = by_id({firm for one in items for firm in (one.kept, one.gone)})
    mine = {two for two, one in {(one.kept, one.gone): one for one in items}.items() if user.has_perm(DIVIDE, one)}
    asked = [one for one in items if (one.kept, one.gone) in mine]
    rows = named((one.kind, one.key) for one in asked)
    return [
        Undivided(one, firms[one.kept], firms[one.gone], written(row))
        for one in asked
        if (row := rows.get((one.kind, one.key))) and parted(one) and firm_of(firm_named(row)) == firm_of(one.kept)
    ]


def parted(item: Between) -> bool:
    """Whether the two firms of *item* are two still."""
    return firm_of(item.kept) != firm_of(item.gone)


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
    if rows := len(undivided(user)):
        yield Waiting(_("合并撤回了，请定期间写下的归哪家"), _("{n} 条").format(n=rows), reverse("queues:undivided"))


def _across(user: User, pair: Row) -> bool:
    """Whether one of the two lies outside the reader's districts, so that the city must decide."""
    return not user.acts_as(Role.CITY_OFFICER) and not {pair["left_district"], pair["right_district"]} <= user.districts


def user_districts(user: User) -> frozenset[str] | None:
    """The districts whose firms *user* decides about; None for the city, which decides about all."""
    return None if user.acts_as(Role.CITY_OFFICER) else user.districts
