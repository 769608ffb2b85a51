"""Whether a matching holds: everything is computed again from what it froze, and the first difference named."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rongtong import qualify
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.match import manifest
from rongtong.match.firms import identify
from rongtong.match.matching import Matching
from rongtong.match.registry import offers_of
from rongtong.match.retriever import Indexing, usual
from rongtong.match.run import INPUTS, OUTPUTS, VERDICTS, Frozen, choices_of, compute, definition, describe, of_rows
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.qualify import Verification
from rongtong.qualify.assess import made_by

#: The columns of what a run starts from.
SCHEMAS = {"needs": NEEDS, "offers": OFFERS, "verdicts": VERDICTS}


class _DifferenceError(Exception):
    """What was found not to agree."""


def verify(result: Path, snapshot: Snapshot | None = None, *, indexing: Indexing | None = None) -> Verification:
    """Recompute the matching in the folder *result*; *indexing* makes the model that its manifest names, if not usual.

    With the *snapshot* that it names, what it took from there is compared too. Raises :class:`InputError` when
    *result* is not the folder of a matching.
    """
    checks: list[str] = []
    try:
        for check in _checked(opened(result), snapshot, indexing or usual()):
            checks.append(check)
    except _DifferenceError as difference:
        return Verification(False, str(difference), tuple(checks))
    return Verification(True, "", tuple(checks))


def opened(result: Path) -> Matching:
    """The matching in a result folder. Raises InputError when it is none, or its manifest is not as a run writes it."""
    stated = qualify.manifest_of(result, kind="matching")
    manifest.check(stated, result)
    return Matching(result, stated)


def _checked(matching: Matching, snapshot: Snapshot | None, indexing: Indexing) -> Iterator[str]:
    stated = matching.manifest
    digests = stated["digests"]
    _same(_("对接用语和硬条件的定义"), stated["definition"], definition())
    yield _("定义一致")
    tables = {name: _as_run(name, _stored(matching, name, digests)) for name in INPUTS}
    yield _("需求、供给和预审结论与封存时一致")
    if stated["snapshot"] is None:
        _nothing_registered(stated, tables)
    elif snapshot is not None:
        _same(_("快照"), stated["snapshot"], snapshot.id)
        _compare("offers", _from_registry(tables["offers"]), _registry(tables, snapshot, matching.day.day))
        _same_verdicts(stated, snapshot, tables["verdicts"])
        yield _("取自快照的供给和预审结论重算一致")
    told = (stated[name] for name in ("snapshot", "assessments", "doubts", "passed_over"))
    start = Frozen(tables, matching.day.day, *told)
    index = indexing(tables["offers"])
    _same(_("模型"), stated["model"], index.model)
    again, totals = compute(start, index, choices_of(stated))
    for name in OUTPUTS:
        _compare(name, _stored(matching, name, digests), again[name])
    yield _("候选、分配和权衡重算一致")
    _same(_("合计"), stated["counts"], totals)
    for name, found in made_by(stated["software"], describe(start, index.model, choices_of(stated), again)).items():
        _same(name, stated.get(name), found)
    yield _("清单各项一致")


def _stored(matching: Matching, name: str, digests: Mapping[str, str]) -> pa.Table:
    """A table of the result. What was changed since is a difference."""
    try:
        table = matching.part(name)
    except (OSError, pa.ArrowInvalid) as error:
        raise _DifferenceError(_("缺少文件 {file}", file=f"{name}.parquet")) from error
    _same(_("{table} 的摘要", table=name), digests.get(name), of_rows(table))
    return table


def _as_run(name: str, table: pa.Table) -> pa.Table:
    """A table that a run starts from. One of other columns is a difference."""
    try:
        return table.cast(SCHEMAS[name])
    except (ValueError, pa.ArrowException) as error:  # other names are a ValueError, other types may be either
        raise _DifferenceError(_("{table} 的列不同", table=name)) from error


def _nothing_registered(stated: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
    """Without a snapshot nothing comes from the registry: no offer, and no verdict."""
    _same(_("没有快照时登记的供给数"), _from_registry(tables["offers"]).num_rows, 0)
    _same(_("没有快照时的预审结论数"), len(stated["assessments"]) + tables["verdicts"].num_rows, 0)


def _from_registry(offers: pa.Table) -> pa.Table:
    return offers.filter(pc.equal(offers["source"], "registry"))


def _registry(tables: dict[str, pa.Table], snapshot: Snapshot, day: Any) -> pa.Table:
    """What a run takes from the registry."""
    return identify(tables["needs"].slice(0, 0), offers_of(snapshot, day), snapshot, day)[1].cast(OFFERS)


def _same_verdicts(stated: Mapping[str, Any], snapshot: Snapshot, stored: pa.Table) -> None:
    judged = pa.array([one["rulebook"] for one in stated["assessments"]], pa.string())
    _same(_("没有写明怎样判定的预审结论数"), stored.filter(pc.invert(pc.is_in(stored["rulebook"], judged))).num_rows, 0)
    for one in stated["assessments"]:
        with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
            found = qualify.assess(
                snapshot, one["rulebook"], edition=one["edition"], purpose=one["purpose"], as_of=one["as_of"],
                out=Path(folder), clauses=False,
            ).table  # fmt: skip  # read by rows
        own = stored.filter(pc.equal(stored["rulebook"], one["rulebook"])).select(["firm", "verdict"])
        _compare("verdicts", own, found.select(["firm", "verdict"]))


def _same(what: str, stated: object, found: object) -> None:
    if stated != found:
        raise _DifferenceError(_("{what}：结果写的是 {stated}，实为 {found}", what=what, stated=stated, found=found))


def _compare(name: str, stored: pa.Table, again: pa.Table) -> None:
    """The first row that differs is the difference."""
    if of_rows(stored) == of_rows(again):
        return
    left, right = stored.to_pylist(), again.to_pylist()
    pairs = ((one, other) for one, other in zip(left, right, strict=False) if one != other)
    one, other = next(pairs, (_nth(left, len(right)), _nth(right, len(left))))
    raise _DifferenceError(_("{table}：结果中为 {stored}，重算为 {again}", table=name, stored=one, again=other))


def _nth(rows: list[Any], place: int) -> Any:
    return rows[place] if place < len(rows) else _("无")
