"""The assignment over all open needs: a frozen run of the engine, its trade-off, and what a point of it proposes.

The run is the engine's own: needs, offers, model and choices frozen in a folder that ``rongtong verify`` recomputes.
What is under way already is kept beside it as it was then: the room that firms have left, the firms that needs still
want, who has met. A point follows from the run, these limits and its weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from rongtong import match
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.capacity import WANTED, capacities, wanted
from rongtong.match.evidence import Carried
from rongtong.portal.days import today
from rongtong.portal.introductions import rows, suggesting
from rongtong.portal.introductions.hits import Hit
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.queries import all_switched_off, most_at_once
from rongtong.portal.introductions.reasons import Suggestion
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import by_id, followed
from rongtong.portal.registry.rules import firm_of

KIND = "assign"


@dataclass(frozen=True)
class Plan:
    """A run with its limits and its trade-off, as a job has left them."""

    matching: match.Matching
    limits: dict[str, Any]
    tradeoff: list[dict[str, Any]]

    @property
    def spreads(self) -> list[float]:
        """The weights that can be chosen."""
        return [one["spread"] for one in self.tradeoff]

    def at(self, spread: float) -> list[dict[str, Any]]:
        """The introductions at a point: rows of candidates, need by need."""
        chosen = match.assign(*_market(self.matching, self.limits), spread=spread)
        rows: list[dict[str, Any]] = chosen.table.sort_by([("need", "ascending"), ("place", "ascending")]).to_pylist()
        return rows


@dataclass(frozen=True)
class Proposal:
    """A firm for a need at a point, how likely it answers, and why."""

    need: Posting
    suggestion: Suggestion
    success: float

    @property
    def key(self) -> str:
        """What a box of it says."""
        return f"{self.need.pk}|{self.suggestion.firm.id}"


@kind(KIND)
def work(*, job: Job, progress: Progress) -> dict[str, Any]:
    """Freeze the open needs and all that is offered, and run the engine on them; the result names the run."""
    del job
    progress(_("封存需求和供给"), 0.1)
    needs = open_needs()
    if not needs:
        raise InputError(_("没有可分配的需求"), mend=_("需求公开后再来"))
    start = match.freeze(rows.table_of(*map(rows.need_of, needs)), rows.published(), current.snapshot(), as_of=today())
    progress(_("建立对接索引"), 0.3)
    made = match.run(start, indexing=match.usual(settings.HOME / match.VECTORS), out=folder())
    progress(_("比较各个方案"), 0.8)
    limits = _limits(needs)
    tradeoff = match.tradeoff(*_market(made, limits)).to_pylist()
    return {"run": made.path.name, "limits": limits, "tradeoff": tradeoff}


def open_needs() -> list[Posting]:
    """The needs that firms can be introduced to and that want more of them."""
    found = Posting.objects.standing().filter(side=Posting.Side.NEED).order_by("pk")
    left = wanting(found.values_list("pk", flat=True))
    return [one for one in found.select_related("private_half") if left[one.pk] > 0]


def folder() -> Path:
    """Where runs are kept: with uploads, for they hold what needs keep private."""
    return Path(settings.STORE) / "assignments"


def running() -> Job | None:
    """The last run that was asked for, while it is not done."""
    last = Job.objects.filter(kind=KIND).order_by("-pk").first()
    return last if last and last.state != Job.State.DONE else None


def latest() -> Plan | None:
    """The last run that is done and whose folder is there."""
    for job in Job.objects.filter(kind=KIND, state=Job.State.DONE).order_by("-pk")[:1]:
        told = job.result or {}
        if (folder() / str(told.get("run"))).is_dir():
            return Plan(_opened(folder() / told["run"]), told["limits"], told["tradeoff"])
    return None


def proposals(plan: Plan, rows: list[dict[str, Any]]) -> list[Proposal]:
    """*rows* of a point with why, as both sides may read it; what can no longer be proposed is left out."""
    needs = Posting.objects.select_related("private_half").in_bulk({int(row["need"]) for row in rows})
    firms, offers = by_id(row["firm"] for row in rows), plan.matching.part("offers")
    named = {one for row in rows for one in (row["offer"], *row["alike"])}
    known = {one["offer"]: one for one in offers.filter(pc.is_in(offers["offer"], pa.array(named))).to_pylist()}
    found = []
    for row in rows:
        need, firm = needs.get(int(row["need"])), firms.get(row["firm"])
        if need is not None and firm is not None and need.standing:
            like = [{"name": known[one]["name"], "product": known[one]["product"]} for one in row["alike"]]
            hit = Hit(known[row["offer"]], row["score"], row["relevance"], Carried(row["path"], like))
            [why] = suggesting.judged(need, [(hit, firm)])
            found.append(Proposal(need, why.public(), row["success"]))
    return found


def room(firms: set[str]) -> dict[str, int]:
    """How many introductions more each of *firms* takes today: what it says, else what is usual, less what is under
    way; none for those that switched suggestions off."""
    told = capacities(rows.offers_of(firms)) | most_at_once()
    busy, off = suggesting.under_way(firms), all_switched_off()
    return {firm: 0 if firm in off else max(told[firm] - busy.get(firm, 0), 0) for firm in firms & told.keys()}


def _limits(needs: list[Posting]) -> dict[str, Any]:
    """What is under way, as plain data: how many are under way for a firm, who wants none, who has met."""
    met = [[str(one.need_id), firm_of(one)] for one in followed(Introduction.objects.filter(need__in=needs))]
    left = wanting([one.pk for one in needs])
    firms = by_id(Introduction.objects.under_way().values_list("firm", flat=True).distinct())
    busy = suggesting.under_way({one.id for one in firms.values()})
    told = {"busy": busy, "off": sorted(all_switched_off()), "met": met, "most": most_at_once()}
    return told | {"left": {str(pk): n for pk, n in left.items()}}


def wanting(needs: Iterable[int]) -> dict[int, int]:
    """How many firms more each of *needs* wants, by its number: of as many as it says, else of as many as is usual."""
    there = Introduction.objects.exclude(pk__in=Introduction.objects.gone().values("pk"))
    had = Counter(there.values_list("need", flat=True))
    told = Posting.objects.filter(pk__in=list(needs)).values_list("pk", "wanted")
    return {pk: max((WANTED if many is None else many) - had[pk], 0) for pk, many in told}


def _market(made: match.Matching, limits: dict[str, Any]) -> tuple[pa.Table, dict[str, int], dict[str, int]]:
    """What is assigned: candidates that have not met, the room that firms have left, how many needs still want."""
    needs, table = made.part("needs"), made.table
    pairs = pc.binary_join_element_wise(table["need"], table["firm"], "|")
    met = pa.array(["|".join(one) for one in limits["met"]], pa.string())
    repeats = needs["need"].filter(pc.is_valid(needs["repeats"]))
    left_out = pc.or_(pc.is_in(pairs, met), pc.is_in(table["need"], repeats.combine_chunks()))
    told, off = capacities(made.part("offers")) | limits.get("most", {}), set(limits["off"])
    rooms = {firm: 0 if firm in off else max(most - limits["busy"].get(firm, 0), 0) for firm, most in told.items()}
    left = {need: min(many, limits["left"].get(need, 0)) for need, many in wanted(needs).items()}
    return table.filter(pc.invert(left_out)), rooms, left


@lru_cache(maxsize=2)
def _opened(path: Path) -> match.Matching:
    return match.opened(path)
