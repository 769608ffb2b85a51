"""What people answered before of rows on lists, told of the rows of a list that say the same; nothing is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.answers import Answer, bearers
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.identity.link_tables import FULL_NAME
from rongtong.lists.compare import MATCHES, WIDEST, firm, none
from rongtong.lists.links import both

#: The same with the journal entry of the answer that speaks for a row, null where none does.
ANSWERED = MATCHES.append(pa.field("answer", pa.int64()))
#: How many firms that a row may be are told.
MOST = 20
_FIRMS = "SELECT firm, name, uscc FROM firms WHERE list_contains($1, firm)"
Row = dict[str, Any]


def answered(matches: pa.Table, snapshot: Snapshot, answers: Sequence[Answer] = ()) -> pa.Table:
    """*matches* (:data:`~rongtong.lists.MATCHES`) as *answers* have it, as :data:`ANSWERED`.

    An answer speaks for rows that bear the same code and name; else for one that bears its code under another name; or
    its name, if that is whole, without a code. Of firms that a row is said not to be, others remain to be asked about:
    the answer speaks for it still.
    """
    speaks = _speaks(matches, answers)
    rest = matches.filter(pc.invert(pc.is_valid(speaks)))
    rest = rest.append_column(ANSWERED.field("answer"), pa.nulls(rest.num_rows, pa.int64()))
    known = _Known(snapshot, answers)
    told = [
        known.told(row, answers[at])
        for row, at in zip(matches.filter(pc.is_valid(speaks)).to_pylist(), speaks.drop_null().to_pylist(), strict=True)
    ]
    every = pa.concat_tables([rest, pa.Table.from_pylist(told, schema=ANSWERED)]).sort_by("row")
    return _shortened(every)


def _speaks(matches: pa.Table, answers: Sequence[Answer]) -> pa.Array:
    """Which of *answers* speaks for each row; of several the latest."""
    order = sorted(range(len(answers)), key=lambda at: -answers[at].entry)
    code = pa.array([answers[at].code for at in order], pa.string())
    name = pa.array([answers[at].name for at in order], pa.string())
    whole = pc.if_else(pc.match_substring_regex(name, FULL_NAME), name, None)
    own_code, own_name = matches["code"].combine_chunks(), matches["called"].combine_chunks()
    uncoded = pc.if_else(pc.is_null(own_code), own_name, None)
    found = pc.coalesce(
        pc.index_in(both(own_code, own_name), value_set=both(code, name)),
        pc.index_in(own_code, value_set=code, skip_nulls=True),
        pc.index_in(uncoded, value_set=whole, skip_nulls=True),
    )
    return pa.array(order, pa.int64()).take(found)


class _Known:
    """The firms that answers speak of, as they are in a snapshot: by what the answer calls them, (id, name, code)."""

    def __init__(self, snapshot: Snapshot, answers: Sequence[Answer]) -> None:
        named = {side.mention: side.called for one in answers for side in one.sides}
        self.firms = bearers(snapshot, named) if named else {}
        with snapshot.connect() as connection:
            ids = sorted(set(self.firms.values()))
            found = connection.execute(_FIRMS, [ids]).fetchall() if ids else []
        self.told_of = {str(one[0]): list(one) for one in found}

    def told(self, row: Row, answer: Answer) -> Row:
        """*row* as *answer* has it; where its firm is not in the registry (any more) as compared."""
        who = {"by": answer.by or "—", "day": answer.day}
        if answer.firm:
            known = self.firms.get(answer.firm.mention)
            said = firm(self.told_of[known], _("人工判定（{by}，{day}）", **who)) if known else {}
            return row | said | {"answer": answer.entry if known else None}
        apart = {self.firms.get(one.mention) for one in answer.apart}
        left = [one for one in row["candidates"] or [row["firm"]] if one and one not in apart]
        if left:
            return row | ({"candidates": left} if row["outcome"] == "ask" else {}) | {"answer": answer.entry}
        return row | none(_("人工判定不是库内企业（{by}，{day}）", **who)) | {"answer": answer.entry}


def _shortened(matches: pa.Table) -> pa.Table:
    """*matches* with the likeliest :data:`MOST` candidates alone; the reason tells how many there are."""
    long = pc.greater(pc.list_value_length(matches["candidates"]), MOST)
    if not pc.any(long).as_py():
        return matches
    rows = [_short(row) for row in matches.filter(long).to_pylist()]
    few = matches.filter(pc.invert(long))
    return pa.concat_tables([few, pa.Table.from_pylist(rows, schema=ANSWERED)]).sort_by("row")


def _short(row: Row) -> Row:
    n: Mapping[str, Any] = {"why": row["why"], "n": len(row["candidates"]), "most": MOST}
    cut = len(row["candidates"]) >= WIDEST
    why = _("{why}；候选至少 {n} 家，只列前 {most} 家", **n) if cut else _("{why}；候选 {n} 家，只列前 {most} 家", **n)
    return row | {"candidates": row["candidates"][:MOST], "why": why}
