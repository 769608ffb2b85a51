"""The difference between two rulebooks, or two results, in firms: who enters, who drops out, and on which clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from rongtong.errors import InputError
from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.qualify.assessment import Assessment
from rongtong.qualify.compile import Program
from rongtong.qualify.output import WORDS

YES = WORDS[0]


@dataclass(frozen=True)
class Differing:
    """A firm whose verdicts differ, and the clauses of each side that decide it and are not met there.

    *old* and *new* are the clauses without parts (or the parts that fail, where a clause has them) that do not hold, or
    are unknown: of one who enters the old ones kept it out, of one who drops out the new ones do.
    """

    firm: str
    uscc: str | None
    name: str | None
    before: str
    after: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def way(self) -> str:
        """``enters``, ``drops_out``, or ``other`` where neither verdict is “qualified”."""
        if self.after == YES:
            return "enters"
        return "drops_out" if self.before == YES else "other"


def difference(old: Assessment, new: Assessment) -> Iterator[Differing]:
    """The firms whose verdicts differ, and no others, in the order of the snapshot, one at a time.

    Both must be of the same snapshot and have their clauses. Raises :class:`InputError`.
    """
    if old.manifest["snapshot"] != new.manifest["snapshot"]:
        raise InputError(_("两份结果出自不同的快照"), mend=_("请在同一份快照上预审后再比较"))
    for one in (old, new):
        if one.manifest["definition"] != one.program.book.sha256:
            what = _("规则文件已与预审时不同")
            raise InputError(what, place=str(one.path), mend=_("请用 rongtong assess 重新预审"))
        if "clauses" not in one.manifest["digests"]:
            raise InputError(_("结果里没有条款"), place=str(one.path), mend=_("请用 rongtong assess 重新预审"))
    verdicts, clauses = _files(old, new, "verdicts"), _files(old, new, "clauses")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TEMP TABLE differing AS "
            "SELECT a.n, a.firm, a.uscc, a.name, a.verdict AS before, b.verdict AS after "
            f"FROM {verdicts[0]} a JOIN {verdicts[1]} b USING (n) WHERE a.verdict <> b.verdict"
        )
        failing = [_failing(connection, file, one.program) for file, one in zip(clauses, (old, new), strict=True)]
        found: list[Row] = rows(connection, "FROM differing ORDER BY n")
    for row in found:
        n = row.pop("n")
        yield Differing(**row, old=failing[0].get(n, ()), new=failing[1].get(n, ()))


def _files(old: Assessment, new: Assessment, name: str) -> list[str]:
    return [literal(str(Path(one.path) / f"{name}.parquet")) for one in (old, new)]


def _failing(connection: duckdb.DuckDBPyConnection, file: str, program: Program) -> dict[int, tuple[str, ...]]:
    """Per differing firm the deciding clauses that are not met, each by its failing parts."""
    asked = f"SELECT n, clause, holds FROM {file} WHERE holds IS NOT TRUE AND n IN (SELECT n FROM differing)"
    unmet: dict[int, set[str]] = {}
    for n, clause, _holds in connection.execute(asked).fetchall():
        unmet.setdefault(n, set()).add(clause)
    return {n: tuple(_leaves(program, own)) for n, own in unmet.items()}


def _leaves(program: Program, unmet: set[str]) -> Iterator[str]:
    open_: list[Any] = list(program.book.deciding)
    while open_:
        one = open_.pop(0)
        if one.head.id in unmet:
            if not one.parts:
                yield one.head.id
            open_[:0] = one.parts
