"""The difference between two rulebooks, or two results, in firms: who enters, who drops out, and on which clauses.

Who qualified and is undetermined now has not dropped out: facts are lacking that were not asked for before.
"""

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

YES, NO, _open = WORDS
#: How verdicts may differ.
WAYS = ("enters", "drops_out", "opens", "other")


@dataclass(frozen=True)
class Differing:
    """A firm whose verdicts differ, and the clauses of each side that decide it and are not met there.

    *old* and *new* are the clauses without parts (or the parts, where a clause has them) that make it so: of one who is
    not qualified those that do not hold, of one who is undetermined those that are unknown.
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
        """``enters``; ``drops_out``, or ``opens`` for lack of facts; ``other`` where neither verdict is “qualified”."""
        if self.after == YES:
            return "enters"
        if self.before != YES:
            return "other"
        return "drops_out" if self.after == NO else "opens"


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
        sides = zip(clauses, (old, new), ("before", "after"), strict=True)
        failing = [_failing(connection, file, one.program, verdict) for file, one, verdict in sides]
        found: list[Row] = rows(connection, "FROM differing ORDER BY n")
    for row in found:
        n = row.pop("n")
        yield Differing(**row, old=failing[0].get(n, ()), new=failing[1].get(n, ()))


def _files(old: Assessment, new: Assessment, name: str) -> list[str]:
    return [literal(str(Path(one.path) / f"{name}.parquet")) for one in (old, new)]


def _failing(
    connection: duckdb.DuckDBPyConnection, file: str, program: Program, verdict: str
) -> dict[int, tuple[str, ...]]:
    """Per differing firm the deciding clauses that come out as its *verdict* on that side does, each by such parts."""
    alike = f"CASE {verdict} WHEN {literal(YES)} THEN true WHEN {literal(NO)} THEN false END"
    asked = f"""
        SELECT n, clause FROM {file} JOIN differing USING (n)
        WHERE holds IS NOT TRUE AND holds IS NOT DISTINCT FROM {alike}"""
    unmet: dict[int, set[str]] = {}
    for n, clause in connection.execute(asked).fetchall():
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
