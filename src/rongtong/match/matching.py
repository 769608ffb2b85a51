"""What a matching answers: rows for machines, why a firm is proposed for a need, and the points to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong.errors import InputError
from rongtong.facts.snapshot import Row
from rongtong.i18n import _
from rongtong.match.arcs import Ints
from rongtong.match.candidates import ANSWERS, answers_of
from rongtong.match.capacity import capacities
from rongtong.match.constraints import judge
from rongtong.match.evidence import NONE, Carried, evidence, refused
from rongtong.match.holds import CONSTRAINTS, Day
from rongtong.match.words import words

#: How many candidates a need's row shows besides those that are introduced.
SHOWN = 10
_HOLDS = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True)
class Matching:
    """The result of a run; *path* is its folder, *manifest* what it was made of."""

    path: Path
    manifest: dict[str, Any]

    def part(self, name: str) -> pa.Table:
        """One of the result's tables: needs, offers, verdicts, candidates, refused, tradeoff, left_out."""
        return pq.read_table(self.path / f"{name}.parquet")

    @cached_property
    def table(self) -> pa.Table:
        """One row a need and candidate (:data:`~rongtong.match.candidates.CANDIDATES`) and ``introduced``."""
        return self.part("candidates")

    @property
    def introductions(self) -> pa.Table:
        """The candidates that the assignment chose."""
        return self.table.filter(self.table["introduced"])

    @property
    def tradeoff(self) -> pa.Table:
        """What needs and firms get at each point (:data:`~rongtong.match.tradeoff.TRADEOFF`)."""
        return self.part("tradeoff")

    @cached_property
    def day(self) -> Day:
        """The day of the run, and the verdicts it knew."""
        verdicts: dict[str, dict[str, str]] = {}
        for row in self.part("verdicts").to_pylist():
            verdicts.setdefault(row["rulebook"], {})[row["firm"]] = row["verdict"]
        return Day(date.fromisoformat(self.manifest["as_of"]), verdicts)

    @cached_property
    def _needs(self) -> dict[str, Row]:
        return {row["need"]: row for row in self.part("needs").to_pylist()}

    @cached_property
    def _offers(self) -> pa.Table:
        return self.part("offers")

    def explain(self, need: str, offer: str) -> Row:
        """Why *offer* is a candidate for *need*, or why it is none: each with facts. Raises :class:`InputError`."""
        place = pc.index(self._offers["offer"], offer).as_py()
        if need not in self._needs or place < 0:
            raise InputError(
                _("没有需求 {need} 或供给 {offer}", need=need, offer=offer), mend=_("编号见结果里的需求表和供给表")
            )
        told, given = self._needs[need], self._offers.slice(place, 1)
        pair: tuple[Ints, Ints] = (_zero(), _zero())
        codes = judge(pa.Table.from_pylist([told], schema=self.part("needs").schema), given, pair, self.day)
        answers = {name: int(one[0]) for name, one in codes.items()}
        row = given.to_pylist()[0]
        found = self.table.filter(pc.and_(pc.equal(self.table["need"], need), pc.equal(self.table["offer"], offer)))
        listed = found.select(["place", "score", "success", "introduced"]).to_pylist()
        grounds = self._grounds(found.to_pylist())
        holds = {name: _HOLDS[word] for name, code in answers.items() if (word := ANSWERS[code]) in _HOLDS}
        return {
            "need": need, "offer": offer, "firm": row["firm"], "uscc": row["uscc"], "name": row["name"],
            **(listed[0] if listed else {"place": None, "score": None, "success": None, "introduced": False}),
            "constraints": holds, "refused": refused(told, row, answers, self.day),
            **evidence(told, row, answers, self.day, grounds.get((need, offer), NONE)),
        }  # fmt: skip  # read by rows

    def rows(self, shown: int = SHOWN) -> Iterator[Row]:
        """One row a need, as ``rongtong match --json`` prints it: its first *shown* candidates and all introduced."""
        chosen = pc.or_(pc.less_equal(self.table["place"], shown), self.table["introduced"])
        by_need: dict[str, list[Row]] = {}
        shown_rows = self.table.filter(chosen).to_pylist()
        grounds = self._grounds(shown_rows)
        for row in shown_rows:
            by_need.setdefault(row["need"], []).append(row)
        ruled_out: dict[str, dict[str, int]] = {}
        for row in self.part("refused").to_pylist():
            ruled_out.setdefault(row["need"], {})[row["constraint"]] = row["offers"]
        offers = self._rows_of([row["offer"] for own in by_need.values() for row in own])
        for need, told in self._needs.items():
            own = [
                self._candidate(told, offers[row["offer"]], row, grounds[need, row["offer"]])
                for row in by_need.get(need, ())
            ]
            none = _none(told, own, ruled_out.get(need, {}))
            yield _head(told) | {"candidates": own, "refused": ruled_out.get(need, {}), "none": none}

    def firms(self) -> Iterator[Row]:
        """One row a candidate firm: its capacity, how often it is a candidate and is introduced, its best place.

        ``left_out`` says why a firm among the top of some need got nothing; null where that is not so.
        """
        capacity = capacities(self._offers)
        why = {row["firm"]: row["why"] for row in self.part("left_out").to_pylist()}
        firms = self.table.select(["firm", "place", "introduced", "offer"]).group_by("firm", use_threads=False)
        counted = firms.aggregate([("introduced", "sum"), ("place", "min"), ("offer", "count"), ("offer", "first")])
        offers = self._rows_of(counted["offer_first"].to_pylist())
        for row in counted.sort_by([("introduced_sum", "descending"), ("firm", "ascending")]).to_pylist():
            known = offers[row["offer_first"]]
            yield {
                "firm": row["firm"], "uscc": known["uscc"], "name": known["name"], "capacity": capacity[row["firm"]],
                "introductions": row["introduced_sum"], "candidate_of": row["offer_count"],
                "best_place": row["place_min"], "left_out": why.get(row["firm"]),
            }  # fmt: skip  # read by rows

    def _rows_of(self, ids: list[str]) -> dict[str, Row]:
        used = self._offers.filter(pc.is_in(self._offers["offer"], pa.array(ids, pa.string())))
        return {row["offer"]: row for row in used.to_pylist()}

    def _grounds(self, rows: list[Row]) -> dict[tuple[str, str], Carried]:
        """What carried each of *rows*, by need and offer."""
        offers = self._rows_of([one for row in rows for one in row["alike"]])
        named = {
            one: {"name": row["name"], "product": row["product"] or row["title"] or row["text"]}
            for one, row in offers.items()
        }
        return {(row["need"], row["offer"]): Carried(row["path"], [named[one] for one in row["alike"]]) for row in rows}

    def _candidate(self, need: Row, offer: Row, row: Row, grounds: Carried) -> Row:
        answers = answers_of(row)
        return {
            "place": row["place"], "firm": row["firm"], "uscc": offer["uscc"], "name": offer["name"],
            "offer": row["offer"], "product": offer["product"] or offer["title"], "score": row["score"],
            "success": row["success"], "introduced": row["introduced"],
            "constraints": {name: _HOLDS[row[name]] for name in CONSTRAINTS if row[name] in _HOLDS},
            **evidence(need, offer, answers, self.day, grounds),
        }  # fmt: skip  # read by rows


def _none(need: Row, candidates: list[Row], refused: dict[str, int]) -> str | None:
    """Why nobody is introduced to a need; None where somebody is.

    It ``repeats`` another, its candidates have no ``room`` left, hard constraints ``refused`` all that is like it, or
    there is ``nothing_alike``.
    """
    if any(one["introduced"] for one in candidates):
        return None
    if need["repeats"]:
        return "repeats"
    return "room" if candidates else "refused" if refused else "nothing_alike"


def _zero() -> Any:
    return pa.array([0], pa.int64()).to_numpy()


def _head(need: Row) -> Row:
    """A need as its row begins."""
    names = (
        "need",
        "firm",
        "uscc",
        "name",
        "kind",
        "title",
        "product",
        "text",
        "requirements",
        "quantity",
        "unit",
        "budget",
        "needed_by",
        "wanted",
        "repeats",
    )
    asked = ("regions", "titles", "certificates", "rulebooks")
    head = {name: need[name] for name in names} | {name: need[name] or [] for name in (*asked, "wishes")}
    return head | {"kind_label": words().label_of(need["kind"]) if need["kind"] else None}
