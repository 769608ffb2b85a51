"""One run: needs and offers frozen, found, sifted, assigned over the market, and written as a result to verify."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong.definitions.editions import application_date
from rongtong.definitions.loader import folder
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.answers import Answer
from rongtong.facts.results import write_result
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.match.assign import FLOOR, Floor, assign
from rongtong.match.candidates import sift
from rongtong.match.capacity import capacities, wanted
from rongtong.match.firms import identify
from rongtong.match.holds import Day
from rongtong.match.index import TOP
from rongtong.match.matching import Matching
from rongtong.match.registry import offers_of
from rongtong.match.retriever import Indexing, Retriever, asked, usual
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.match.tradeoff import SPREADS, tradeoff
from rongtong.qualify import Assessment
from rongtong.qualify.assess import identity

VERDICTS = pa.schema([("rulebook", pa.string()), ("firm", pa.string()), ("verdict", pa.string())])
#: What a run starts from, and what comes of it.
INPUTS, OUTPUTS = ("needs", "offers", "verdicts"), ("candidates", "refused", "tradeoff", "left_out")


@dataclass(frozen=True)
class Choices:
    """What people choose for a run: candidates found and kept a need, the floor, the point of the trade-off."""

    top: int = TOP
    keep: int = 50
    spread: float = 0.0
    floor: Floor = FLOOR
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As the manifest states them."""
        floor = {"top": self.floor.top, "ahead": self.floor.ahead}
        return {"top": self.top, "keep": self.keep, "spread": self.spread, "floor": floor, "seed": self.seed}


CHOICES = Choices()


@dataclass(frozen=True)
class Frozen:
    """What a run starts from: ``needs``, ``offers``, ``verdicts``; the day; what it was taken from, what not."""

    tables: dict[str, pa.Table]
    day: date
    snapshot: str | None = None
    assessments: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, str]] = field(default_factory=list)
    passed_over: list[dict[str, Any]] = field(default_factory=list)


def match(
    needs: pa.Table,
    offers: pa.Table | None = None,
    snapshot: Snapshot | None = None,
    *,
    indexing: Indexing | None = None,
    assessments: Iterable[Assessment] = (),
    as_of: date | str | None = None,
    answers: Sequence[Answer] = (),
    choices: Choices = CHOICES,
    passed_over: Iterable[dict[str, Any]] = (),
    out: Path | None = None,
) -> Matching:
    """Introduce firms to *needs* (:data:`~rongtong.match.schema.NEEDS`).

    The firms are those of *offers* (:data:`~rongtong.match.schema.OFFERS`) and, with a *snapshot*, those of which the
    registry knows products. *indexing* makes what finds offers for needs; None takes the usual one, without keeping
    its vectors. *assessments* settle which firms qualify by the rulebooks that needs ask for. *as_of* is the day of the
    run, else the snapshot's reference date; never the clock. *answers* are what people said of wordings on lists.
    *passed_over* are the columns that were not read (:attr:`~rongtong.match.listing.Listing.passed_over`), which the
    result tells. It goes into a folder below *out* that is named by its content, else into a temporary one. Raises
    :class:`InputError`.
    """
    start = freeze(needs, offers, snapshot, assessments=assessments, as_of=as_of, answers=answers)
    start = replace(start, passed_over=list(passed_over))
    return run(start, indexing=indexing, choices=choices, out=out)


def freeze(
    needs: pa.Table,
    offers: pa.Table | None = None,
    snapshot: Snapshot | None = None,
    *,
    assessments: Iterable[Assessment] = (),
    as_of: date | str | None = None,
    answers: Sequence[Answer] = (),
) -> Frozen:
    """All that a run starts from, every firm under one id. Raises :class:`InputError` when there is no offer."""
    day = application_date(as_of, snapshot.manifest if snapshot else {})
    parts = [] if offers is None else [offers]
    parts += [offers_of(snapshot, day)] if snapshot else []
    every = pa.concat_tables([OFFERS.empty_table(), *parts])
    if not every.num_rows:
        raise InputError(_("没有供给"), mend=_("请给出供给表，或用 --snapshot 指明有产品数据的快照"))
    own, every, doubts = identify(_unique(needs, "need"), _unique(every, "offer"), snapshot, day, answers)
    judged = list(assessments)
    verdicts = [
        {"rulebook": one.manifest["rulebook"], "firm": firm, "verdict": verdict}
        for one in judged
        for firm, verdict in zip(one.table["firm"].to_pylist(), one.table["verdict"].to_pylist(), strict=True)
    ]
    tables = {"needs": own.cast(NEEDS), "offers": every.cast(OFFERS)}
    tables["verdicts"] = pa.Table.from_pylist(verdicts, schema=VERDICTS)
    made = ("id", "rulebook", "edition", "purpose", "as_of")
    stated = [{name: one.manifest[name] for name in made} for one in judged]
    return Frozen(tables, day, snapshot.id if snapshot else None, stated, [asdict(one) for one in doubts])


def _unique(table: pa.Table, column: str) -> pa.Table:
    twice = pc.value_counts(table[column].combine_chunks())
    names = [one["values"] for one in twice.to_pylist() if one["counts"] > 1 or one["values"] is None]
    if names:
        raise InputError(_("编号重复或缺失：{ids}", ids=names[0]), mend=_("每条需求和供给须有自己的编号"))
    return table


def run(
    start: Frozen, *, indexing: Indexing | None = None, choices: Choices = CHOICES, out: Path | None = None
) -> Matching:
    """Run on what is frozen, and write the result."""

    def fill(draft: Path) -> dict[str, Any]:
        index = (indexing or usual())(start.tables["offers"])
        made, totals = compute(start, index, choices)
        for name, table in (start.tables | made).items():
            pq.write_table(table, draft / f"{name}.parquet", compression="zstd")
        return describe(start, index.model, choices, made) | {"counts": totals}

    return Matching(*write_result(out, fill))


def compute(start: Frozen, index: Retriever, choices: Choices) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """The tables of :data:`OUTPUTS`, and the totals."""
    needs, offers = start.tables["needs"], start.tables["offers"]
    said = asked(needs)
    found = index.search(said, top=choices.top)
    sifted = sift(needs, offers, found, Day(start.day, _verdicts(start)), choices.keep)
    numbered = sifted.candidates.append_column("row", pa.array(np.arange(sifted.candidates.num_rows)))
    room, many = capacities(offers), wanted(needs)
    numbered = numbered.filter(pc.invert(pc.is_in(numbered["need"], _repeats(needs))))
    chosen = assign(numbered, room, many, floor=choices.floor, spread=choices.spread)
    taken = np.zeros(sifted.candidates.num_rows, bool)
    taken[chosen.table["row"].to_numpy()] = True
    spreads = sorted({*SPREADS, choices.spread})
    grounds = index.grounds(said, sifted.candidates)
    told = {name: sifted.candidates[name] for name in sifted.candidates.column_names}
    tables = {
        "candidates": pa.table(told | {"introduced": taken} | {name: grounds[name] for name in grounds.column_names}),
        "refused": sifted.refused,
        "tradeoff": tradeoff(numbered, room, many, floor=choices.floor, spreads=spreads),
        "left_out": chosen.left_out,
    }
    figures = {**chosen.figures, "bound": chosen.bound, "exact": chosen.exact, "way": chosen.way}
    return tables, {"needs": needs.num_rows, "offers": offers.num_rows, "found": found.num_rows, **figures}


def _repeats(needs: pa.Table) -> pa.Array:
    """The needs that say again what another does: firms are not introduced to them twice."""
    return needs["need"].filter(pc.is_valid(needs["repeats"])).combine_chunks()


def _verdicts(start: Frozen) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in start.tables["verdicts"].to_pylist():
        found.setdefault(row["rulebook"], {})[row["firm"]] = row["verdict"]
    return found


def describe(start: Frozen, model: str, choices: Choices, results: dict[str, pa.Table]) -> dict[str, Any]:
    """The manifest of a run: what it was made of, and the digests by which it can be checked."""
    stated = {
        "kind": "matching",
        "snapshot": start.snapshot,
        "as_of": start.day.isoformat(),
        "model": model,
        "choices": choices.as_dict(),
        "definition": definition(),
        "assessments": start.assessments,
        "doubts": start.doubts,
        "passed_over": start.passed_over,
        "software": version("rongtong"),
        "digests": {name: of_rows(table) for name, table in (start.tables | results).items()},
    }
    return {"id": identity(stated), **stated}


def definition() -> str:
    """The hash of the words, constraints and fields that a run depends on."""
    files = sorted((folder() / "match").glob("*.yaml"))
    return hashlib.sha256("".join(digest.of_file(file) for file in files).encode()).hexdigest()


def of_rows(table: pa.Table) -> str:
    """The digest of a table, its lists as texts."""
    for place, column in enumerate(table.schema):
        if pa.types.is_list(column.type):
            texts = [json.dumps(one, ensure_ascii=False, default=str) for one in table[column.name].to_pylist()]
            table = table.set_column(place, column.name, pa.array(texts, pa.string()))
    return digest.of_table(table)


def choices_of(manifest: dict[str, Any]) -> Choices:
    """The choices that a manifest states."""
    stated = manifest["choices"]
    return replace(Choices(**{**stated, "floor": FLOOR}), floor=Floor(**stated["floor"]))
