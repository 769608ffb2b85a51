"""Whether a result holds: it is computed again from its snapshot and definition, and the first difference named."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from rongtong.definitions.editions import choose
from rongtong.facts import digest
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.qualify.assess import count, describe, made_by, made_of, manifest_of, program_for
from rongtong.qualify.shelf import editions
from rongtong.qualify.stretches import write

KEYS = {"verdicts": ("n",), "clauses": ("n", "clause")}


@dataclass(frozen=True)
class Verification:
    """Whether a result holds; if not, the first difference in words, and what was compared until then."""

    holds: bool
    first_difference: str = ""
    checks: tuple[str, ...] = ()


class _DifferenceError(Exception):
    """What was found not to agree."""


def verify(result: Path, snapshot: Snapshot, *, rulebook: Path | None = None) -> Verification:
    """Recompute the result folder *result* from *snapshot* and its definition (*rulebook*: the file, when not ours).

    Raises :class:`InputError` when *result* is not the folder of an assessment.
    """
    manifest = manifest_of(result)
    checks: list[str] = []
    try:
        _same(_("快照"), manifest.get("snapshot"), snapshot.id)
        checks.append(_("快照编号一致"))
        _recompute(result, manifest, snapshot, rulebook, checks)
    except _DifferenceError as difference:
        return Verification(False, str(difference), tuple(checks))
    return Verification(True, "", tuple(checks))


def _recompute(
    result: Path, manifest: dict[str, Any], snapshot: Snapshot, rulebook: Path | None, checks: list[str]
) -> None:
    try:
        day = date.fromisoformat(str(manifest.get("as_of")))
    except ValueError as error:
        raise _DifferenceError(_("申请日期写法不对：{given}", given=manifest.get("as_of"))) from error
    known = editions(rulebook or str(manifest.get("rulebook")))
    book = choose(known, edition=str(manifest.get("edition")), purpose=str(manifest.get("purpose")), as_of=day)
    _same(_("规则文件"), manifest.get("definition"), book.sha256)
    _same(_("字段目录"), manifest.get("catalogue"), book.catalogue.sha256)
    checks.append(_("规则和字段目录一致"))
    program = program_for(snapshot, book.of(str(manifest.get("purpose"))), day)
    stated = manifest.get("digests")
    digests = stated if isinstance(stated, dict) else {}
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        asked = [name for name in KEYS if name == "verdicts" or name in digests]
        write(snapshot, program, Path(folder), clauses="clauses" in asked)
        for name in asked:
            _compare(name, result / f"{name}.parquet", Path(folder) / f"{name}.parquet", manifest)
            checks.append(_("{table} 重算一致", table=name))
        _same(_("企业数"), manifest.get("counts"), count(Path(folder)))
    again = describe(made_of(snapshot, program, str(manifest.get("purpose"))), book, digests)
    for name, found in made_by(manifest.get("software"), again).items():
        _same(name, manifest.get(name), found)
    checks.append(_("清单各项一致"))


def _same(what: str, stated: object, found: object) -> None:
    if stated != found:
        raise _DifferenceError(_("{what}：结果写的是 {stated}，实为 {found}", what=what, stated=stated, found=found))


def _compare(name: str, stored: Path, again: Path, manifest: dict[str, Any]) -> None:
    if not stored.is_file():
        raise _DifferenceError(_("缺少文件 {file}", file=stored.name))
    digests = manifest.get("digests")
    stated = digests.get(name) if isinstance(digests, dict) else None
    expected = digest.of_parquet(again)
    if _digest(stored) == expected:
        _same(_("{table} 的摘要", table=name), stated, expected)
        return
    raise _DifferenceError(_first(name, stored, again))


def _digest(stored: Path) -> str:
    try:
        return digest.of_parquet(stored)
    except duckdb.Error:
        return ""


def _first(name: str, stored: Path, again: Path) -> str:
    """The first row that differs, in the order of the table."""
    files = literal(str(stored)), literal(str(again))
    with duckdb.connect() as connection:
        try:
            left, right = (_extra(connection, *pair, KEYS[name]) for pair in (files, files[::-1]))
        except duckdb.Error:
            return _("{table} 的列不同", table=name)
    return _("{table}：结果中为 {stored}，重算为 {again}", table=name, stored=left or _("无"), again=right or _("无"))


def _extra(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str, keys: tuple[str, ...]) -> dict[str, Any]:
    order = ", ".join(keys)
    found = connection.execute(f"FROM (FROM {ours} EXCEPT ALL FROM {theirs}) ORDER BY {order} LIMIT 1")
    return dict(zip([column[0] for column in found.description], found.fetchone() or (), strict=False))
