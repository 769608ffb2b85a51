"""The rows of a compared list as they are now, with what people answered of them, a piece at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong import lists
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.answers import Answer
from rongtong.i18n import _, joined
from rongtong.identity import split
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import beside

MATCHES = "matches.parquet"
PIECE = 50
#: What rows are asked for by: an outcome of the comparison, or that somebody answered.
ANSWERED = "answered"
SHOWN = ("ask", "none", "same", ANSWERED)
Row = dict[str, Any]


class Found(NamedTuple):
    """A row as it was compared, as it is by the answers in force, and the answer that speaks for it, if any."""

    compared: Row
    now: Row
    answer: Answer | None


def is_there(held: Comparison) -> bool:
    """Whether what the comparison found is kept still."""
    return (held.folder / MATCHES).is_file()


def compared(held: Comparison) -> pa.Table:
    """The rows of *held* as the comparison left them."""
    return pq.read_table(held.folder / MATCHES, schema=lists.MATCHES)


def matched(held: Comparison) -> pa.Table:
    """The same as the answers in force have it."""
    return lists.answered(compared(held), current.snapshot(), current.answers())


def stamp(matches: pa.Table) -> str:
    """What the answers make of a list: another one where it is to be filled anew."""
    said = matches.filter(pc.is_valid(matches["answer"]))
    return digest.of_json([said["row"].to_pylist(), said["answer"].to_pylist()])


def counts(matches: pa.Table) -> dict[str, int]:
    """How many rows there are, by outcome too, and of how many people answered."""
    by = Counter(matches["outcome"].to_pylist())
    answered = matches.num_rows - matches["answer"].null_count
    return {"rows": matches.num_rows, **{one: by[one] for one in lists.OUTCOMES}, ANSWERED: answered}


def piece(held: Comparison, matches: pa.Table, *, show: str, text: str = "", start: int = 0) -> tuple[list[Row], int]:
    """A piece of the rows of which *show* is said, with how many there are: those alone that hold *text*, if given."""
    wanted = pc.is_valid(matches["answer"]) if show == ANSWERED else pc.equal(matches["outcome"], show)
    if text:
        for_name, for_code = (
            pc.fill_null(pc.match_substring(matches[name], text, ignore_case=True), False)
            for name in ("given_name", "given_uscc")
        )
        wanted = pc.and_(wanted, pc.or_(for_name, for_code))
    found = matches.filter(wanted)
    rows = found.slice(start, PIECE)
    before = compared(held)
    before = before.filter(pc.is_in(before["row"], rows["row"].combine_chunks()))
    return told(rows.to_pylist(), before.sort_by("row").to_pylist()), found.num_rows


def told(rows: list[Row], before: list[Row]) -> list[Row]:
    """Rows with the firms that they may be or are near, the answer that speaks for each, and that on its wording."""
    answers = {one.entry: one for one in current.answers()}
    asked = [own["candidates"][: lists.MOST] or [own["firm"] or ""] for own in before]
    near = {one["firm"] for row in rows for one in row["near"] or ()}
    firms = Firm.objects.in_bulk(near.union(*asked))
    return [
        row
        | {"firms": [firms[firm] for firm in own if firm in firms], "said": said, "seen": _seen(row, said)}
        | {"near": beside(row["near"], firms)}
        | {"is_branch": bool(row["called"] and split(row["called"]).branch)}
        for row, own in zip(rows, asked, strict=True)
        for said in [answers.get(row["answer"])]
    ]


def _seen(row: Row, said: Answer | None) -> int:
    """The answer that another would take the place of: what speaks for a row may have been said of its code alone."""
    return said.entry if said and (said.code, said.name) == (row["code"], row["called"]) else 0


def row_of(held: Comparison, number: int) -> Found:
    """One row. Raises InputError when the list has no such row."""
    before = compared(held)
    one = before.filter(pc.equal(before["row"], number))
    if not one.num_rows:
        raise InputError(_("名单里没有第 {n} 行", n=number), mend=_("名单可能已更新，请刷新页面"))
    [now] = lists.answered(one, current.snapshot(), current.answers()).to_pylist()
    answer = next((said for said in current.answers() if said.entry == now["answer"]), None)
    return Found(one.to_pylist()[0], now, answer)


def denied(found: Found) -> list[str]:
    """The firms that “none of them” is said of: those shown."""
    shown = found.now["candidates"] or found.compared["candidates"][: lists.MOST] or [found.compared["firm"]]
    return sorted(set(filter(None, shown)))


def exported(held: Comparison) -> list[Row]:
    """Every row for a file, with the firms among which it may be, or that it is near."""
    rows = matched(held)
    among = lists.candidates(rows, current.snapshot())
    return [
        one
        | {"among": lists.told([f for f in one["candidates"] if f in among], among)}
        | {"near": lists.told_near(one["near"], among)}
        for one in rows.to_pylist()
    ]


def answers(text: str = "") -> list[Row]:
    """The answers in force that hold *text*, the latest first: the wording as given, what was said, who, when."""
    every = sorted(current.answers(), key=lambda one: -one.entry)
    held = ((one, "\t".join([*filter(None, (one.written, one.name, one.code)), said(one)])) for one in every)
    wanted = [one for one, words in held if text.lower() in words.lower()]
    return [
        {"called": one.written, "code": one.code, "told": said(one), "by": one.by, "at": one.day, "entry": one.entry}
        for one in wanted
    ]


def said(answer: Answer) -> str:
    """What an answer says, in words."""
    names = joined(name or code or "" for code, name in (side.called for side in answer.sides))
    return _("是 {names}", names=names) if answer.firm else _("不是 {names}", names=names)


def open_job(held: Comparison) -> bool:
    """Whether the list is being compared or filled just now."""
    return held.job is not None and held.job.is_open
