"""What is to be decided, as far as the reader's districts go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.identity import describe
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Pending
from rongtong.portal.registry.rows import Row, rows

PIECE = 20
#: Claims that nobody contests say nothing here; ties want a person, ranked ones were settled by rank and only shown.
_CONFLICTS = """
    SELECT c.n, c.slot, c.kind, f.firm, f.name, f.uscc, f.district FROM conflicts c JOIN firms f USING (n)
    WHERE {where} ORDER BY c.kind DESC, f.name, c.slot LIMIT ? OFFSET ?"""
_CLAIMS = """
    SELECT k.n, k.slot, k.value, k.chosen, k.date, m.file, m.sheet, m.row, m.mention
    FROM claims k JOIN mentions m USING (mention) WHERE list_contains(?, k.n) ORDER BY k.rank, k.date DESC, k.value"""
_QUESTIONS = """
    SELECT q.left, q.right, q.score, q.reasons, a.firm AS left_firm, b.firm AS right_firm, a.name AS left_name,
           b.name AS right_name, a.uscc AS left_uscc, b.uscc AS right_uscc, a.district AS left_district,
           b.district AS right_district, l.file AS left_file, l.sheet AS left_sheet, l.row AS left_row,
           r.file AS right_file, r.sheet AS right_sheet, r.row AS right_row
    FROM questions q JOIN mentions l ON l.mention = q.left JOIN mentions r ON r.mention = q.right
    JOIN firms a ON a.n = l.n JOIN firms b ON b.n = r.n WHERE {where} ORDER BY q.score DESC, q.left, q.right"""


@dataclass(frozen=True)
class Conflict:
    """A fact that sources disagree on, with what each says."""

    firm: str
    name: str
    uscc: str
    slot: str
    kind: str
    claims: list[Row]


def conflicts(user: User, *, kind: str = "tie", start: int = 0) -> list[Conflict]:
    """A piece of the conflicts that *user* may decide, without those decided since the snapshot."""
    where, values = _within(user, "f.district")
    with current.snapshot().connect() as connection:
        found = rows(connection, _CONFLICTS.format(where=f"{where} AND c.kind = ?"), [*values, kind, PIECE, start])
        claims = rows(connection, _CLAIMS, [sorted({one["n"] for one in found})])
    decided = set(Pending.objects.values_list("firm", "slot"))
    return [
        Conflict(
            one["firm"], one["name"], one["uscc"], one["slot"], one["kind"],
            [claim for claim in claims if (claim["n"], claim["slot"]) == (one["n"], one["slot"])],
        )
        for one in found
        if (one["firm"], one["slot"]) not in decided
    ]  # fmt: skip


def counts(user: User) -> dict[str, int]:
    """How many conflicts of each kind, and how many pairs that may be one firm."""
    where, values = _within(user, "f.district")
    query = f"SELECT kind, count(*) AS n FROM conflicts c JOIN firms f USING (n) WHERE {where} GROUP BY 1"
    with current.snapshot().connect() as connection:
        found = {one["kind"]: one["n"] for one in rows(connection, query, values)}
    return {"tie": found.get("tie", 0), "ranked": found.get("ranked", 0), "pairs": len(duplicates(user))}


def duplicates(user: User) -> list[Row]:
    """Pairs that may be one firm, the likeliest first, with the reasons in words."""
    left, values = _within(user, "a.district")
    right, _same = _within(user, "b.district")
    with current.snapshot().connect() as connection:
        found = rows(connection, _QUESTIONS.format(where=f"({left} OR {right})"), [*values, *values])
    decided = set(Pending.objects.exclude(firm="").values_list("firm", flat=True))
    return [
        one | {"reasons": [describe(reason) for reason in one["reasons"].split("+")], "across": _across(user, one)}
        for one in found
        if one["left_firm"] not in decided and one["right_firm"] not in decided
    ]


def waiting(user: User) -> Iterator[Waiting]:
    """The two queues, when they are not empty."""
    if not user.acts_as(Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER, Role.CITY_OFFICER):
        return
    found = counts(user)
    if found["tie"]:
        yield Waiting(_("来源说法不一，请定取舍"), _("{n} 处疑点").format(n=found["tie"]), reverse("queues:conflicts"))
    if found["pairs"]:
        yield Waiting(_("可能是同一家企业，请判断"), _("{n} 对").format(n=found["pairs"]), reverse("queues:duplicates"))


def _across(user: User, pair: Row) -> bool:
    """Whether one of the two lies outside the reader's districts, so that the city must decide."""
    return not user.acts_as(Role.CITY_OFFICER) and not {pair["left_district"], pair["right_district"]} <= user.districts


def _within(user: User, column: str) -> tuple[str, list[Any]]:
    if user.acts_as(Role.CITY_OFFICER):
        return "true", []
    return f"list_contains(?, coalesce({column}, ''))", [sorted(user.districts)]
