"""What people answer of rows on lists: “this wording is firm X”, “it is none of these”.

An answer is a decision about a wording (valid code, normalised name), kept in the journal. It holds for every list with
the same wording, and teaches how names are judged, as what is decided of pairs does. It merges nothing: what a list
calls a firm moves no facts, so whoever may compare lists may answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts.entering import hangs_on
from rongtong.facts.journal import Entry
from rongtong.facts.mentions import Mention, find, strongest
from rongtong.facts.settling.pairs import Called, called, callings
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State, fold, subject
from rongtong.i18n import _

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance

KIND: Literal["answer"] = "answer"


class Side(NamedTuple):
    """A firm that an answer speaks of: a mention that stands for it, and what that is called."""

    mention: str
    called: Called


class Answer(NamedTuple):
    """What entry *entry* says of rows with a code and a name: the firm it is, or those of which it is none.

    *written* is the name as the list gave it; entries that did not keep that have it as normalised.
    """

    entry: int
    by: str
    at: str
    code: str | None
    name: str | None
    written: str | None
    firm: Side | None
    apart: tuple[Side, ...]

    @classmethod
    def of(cls, entry: Entry) -> Answer:
        """Read *entry*."""
        said = entry.body["decision"]
        firm = _side(said["firm"]) if said["firm"] else None
        code, name = said["given"]
        written = said.get("written") or name
        return cls(entry.number, entry.by, entry.at, code, name, written, firm, tuple(map(_side, said["apart"])))

    @property
    def day(self) -> str:
        """The day on which it was given, as the clock on the wall here shows it."""
        return datetime.fromisoformat(self.at).astimezone().date().isoformat()

    @property
    def sides(self) -> tuple[Side, ...]:
        """Every firm it speaks of."""
        return (self.firm, *self.apart) if self.firm else self.apart


def _side(said: Mapping[str, Any]) -> Side:
    code, name = said["called"]
    return Side(str(said["mention"]), (code, name))


def in_force(state: State) -> list[Answer]:
    """The answers in force, of two of one wording the later; those too whose firm's import was taken back."""
    return [answer for one in _latest(state).values() if (answer := Answer.of(one)).sides]


def _latest(state: State) -> dict[Any, Entry]:
    found = [one for one in (*state.decisions, *state.dormant) if one.kind == KIND]
    return {subject(one): one for one in sorted(found, key=lambda one: one.number)}


def moves_facts(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether *entry* of the journal *entries* may change a snapshot: an answer does not, nor does taking it back."""
    about = entries[int(entry.body["entry"]) - 1] if entry.kind == "undo" else entry
    return moves_facts(about, entries) if about.kind == "undo" else about.kind != KIND


def as_pairs(state: State) -> list[Entry]:
    """The answers in force as decisions on pairs, of which the judge of names can learn."""
    return [pair for entry in _latest(state).values() for pair in _pairs(entry, Answer.of(entry))]


def _pairs(entry: Entry, answer: Answer) -> list[Entry]:
    kind: Literal["same", "different"] = "same" if answer.firm else "different"
    given = [answer.code, answer.name]
    return [
        replace(entry, kind=kind, body={"decision": {"called": [given, list(side.called)]}}) for side in answer.sides
    ]


def give(
    alliance: Alliance,
    wording: tuple[str | None, str | None],
    *,
    firm: str | None,
    apart: Sequence[str] = (),
    by: str = "",
    seen: int | None = None,
    snapshot: Snapshot | None = None,
) -> int:
    """Answer that rows with *wording* (code and name as written) are *firm*, or none of *apart*; the entry's number.

    That it is none of some adds to those denied before. Firms by id, code, name or mention, looked up in *snapshot*
    (None: the state is settled now). *seen* is the number of the answer that was known, 0 for none. Raises
    StaleDecisionError when somebody answered otherwise since, and InputError when the wording or a firm is none.
    """
    given = wording_of(*wording)
    if not firm and not apart:
        raise InputError(_("没有说是哪家企业"), mend=_("请给出是哪一家，或者不是哪几家"))
    snapshot, before = snapshot or alliance.settle(), _known(alliance.state(), given)
    seen = _number(before) if seen is None else seen
    told, sources = _is(snapshot, firm) if firm else (_is_none_of(snapshot, apart, before), [])

    def check(entries: list[Entry]) -> None:
        if _number(_known(state := fold(entries), given)) != seen:
            raise StaleDecisionError(_("这个写法刚刚有人答过或收回了，答复没有记入"), mend=_("请看过现在的情况再答"))
        hangs_on(state, sources)

    decision = {"given": list(given), "written": wording[1], **told}
    return alliance.log.append(KIND, {"decision": decision, "sources": sources}, by=by, check=check).number


def _number(answer: Answer | None) -> int:
    """The entry of an answer, 0 where there is none."""
    return answer.entry if answer else 0


def _is(snapshot: Snapshot, firm: str) -> tuple[dict[str, Any], list[str]]:
    """That a row is *firm*, as the journal keeps it, and the sources that this hangs on."""
    one = strongest(snapshot, find(snapshot, firm))
    return {"firm": _sides(snapshot, [one])[0], "apart": []}, [one.source]


def _is_none_of(snapshot: Snapshot, apart: Sequence[str], before: Answer | None) -> dict[str, Any]:
    """That a row is none of *apart*, nor of those of which it was said *before*, as the journal keeps it."""
    denied = {side.mention: side.called for side in before.apart} if before else {}
    here = bearers(snapshot, denied) if denied else {}
    found = (strongest(snapshot, find(snapshot, each)) for each in dict.fromkeys([*apart, *here.values()]))
    sides = _sides(snapshot, list({one.mention: one for one in found}.values()))
    return {"firm": None, "apart": sides + _said(denied, without=here)}


def _known(state: State, given: Called) -> Answer | None:
    """The answer in force on the very wording *given*."""
    return next((one for one in in_force(state) if (one.code, one.name) == given), None)


def _sides(snapshot: Snapshot, found: Sequence[Mention]) -> list[dict[str, Any]]:
    names = called(snapshot, [one.mention for one in found])
    return _said({one.mention: names[one.mention] for one in found})


def _said(sides: Mapping[str, Called], without: Collection[str] = ()) -> list[dict[str, Any]]:
    return [{"mention": one, "called": list(told)} for one, told in sides.items() if one not in without]


def withdraw(alliance: Alliance, entry: int, *, by: str = "") -> int:
    """Take back answer *entry*, so that its wording is asked about again; returns the new entry's number.

    It is an answer that says nothing: what was answered before does not come back. Raises StaleDecisionError when
    *entry* is no answer in force.
    """
    made = next((one for one in in_force(alliance.state()) if one.entry == entry), None)
    given = (made.code, made.name) if made else (None, None)

    def check(entries: list[Entry]) -> None:
        latest = _latest(fold(entries)).get((KIND, given))
        if not latest or latest.number != entry:
            raise StaleDecisionError(_("这个答复已经收回或改过了"), mend=_("请看过现在的情况再答"))

    decision = {"given": list(given), "firm": None, "apart": []}
    return alliance.log.append(KIND, {"decision": decision, "sources": []}, by=by, check=check).number


def says(code: str | None, name: str | None) -> bool:
    """Whether a row that bears *code* and *name* says anything that an answer can be about."""
    return any(_calling(code, name))


def _calling(code: str | None, name: str | None) -> Called:
    row = callings(pa.table({"uscc": pa.array([code], pa.string()), "name": pa.array([name], pa.string())})).to_pylist()
    return row[0]["uscc"], row[0]["name"]


def wording_of(code: str | None, name: str | None) -> Called:
    """What a row is called that says *code* and *name*. Raises InputError when it says neither."""
    called = _calling(code, name)
    if not any(called):
        raise InputError(_("没有名称，代码也不是有效的统一社会信用代码"), mend=_("请写名称或完整的代码"))
    return called


_HERE = "SELECT m.mention, f.firm FROM mentions m JOIN firms f USING (n) WHERE list_contains($1, m.mention)"
_ELSEWHERE = "SELECT f.firm, m.uscc, m.name FROM mentions m JOIN firms f USING (n)"


def bearers(snapshot: Snapshot, named: Mapping[str, Called]) -> dict[str, str]:
    """The firm's id in *snapshot* of each of some mentions, and of those not there of whoever alone is called so."""
    with snapshot.connect() as connection:
        found = {str(one): str(firm) for one, firm in connection.execute(_HERE, [list(named)]).fetchall()}
        lost = {mention: key for mention, key in named.items() if mention not in found}
        rows = connection.sql(_ELSEWHERE).to_arrow_table() if lost else None
    return found | (_called(rows, lost) if rows else {})


def _called(rows: pa.Table, lost: Mapping[str, Called]) -> dict[str, str]:
    """By their code, else by their whole wording, those that one firm alone bears."""
    wanted: Collection[Called] = set(lost.values())
    firms: dict[Called, set[str]] = {}
    said = callings(rows)
    for firm, code, name in zip(*(c.to_pylist() for c in (rows["firm"], said["uscc"], said["name"])), strict=True):
        for key in ((code, name), (code, None)):
            firms.setdefault(key, set()).add(firm)
    by_key = {key: firms.get((key[0], None) if key[0] else key, set()) for key in wanted}
    return {mention: next(iter(by_key[key])) for mention, key in lost.items() if len(by_key[key]) == 1}
