"""Writing a decision into the journal, unless something newer has touched what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts.journal import Entry, Kind
from rongtong.facts.mentions import Claim, Mention
from rongtong.facts.parts import Part
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State, fold
from rongtong.i18n import _

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance


class Act(NamedTuple):
    """Who decides, the number of the entry whose state was looked at (None: the state as it is now), its snapshot."""

    by: str
    answers: int | None
    seen: Snapshot | None = None


def as_of_now(alliance: Alliance, act: Act) -> Act:
    """*act* answering the state as it is before anything is looked at, unless it names an entry."""
    return act if act.answers is not None else act._replace(answers=alliance.state().head)


class Touched(NamedTuple):
    """What a decision is about: the sources it hangs on; and, of its firms, all sources, mentions, codes and names."""

    sources: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()

    @classmethod
    def firms(cls, snapshot: Snapshot, named: Sequence[Mention], claims: Sequence[Claim]) -> Self:
        """A decision on the firms of the mentions *named* (on *claims* of theirs, if any)."""
        with snapshot.connect() as connection:
            rows = connection.execute(
                "SELECT source, mention, uscc, name FROM mentions WHERE list_contains($1, n)", [[m.n for m in named]]
            ).fetchall()
        about, mentions, codes, names = (frozenset(column) - {None} for column in zip(*rows, strict=True))
        sources = frozenset(one.source for one in claims or named)
        return cls(sources, about, mentions, codes | names)


def enter(alliance: Alliance, kind: Kind, decision: dict[str, Any], touched: Touched, act: Act) -> int:
    """Write a decision; returns the entry's number.

    Raises StaleDecisionError when something newer has touched what it is about or an import it hangs on is taken back,
    and InputError when the journal has no entry that it says it answers.
    """

    def check(entries: list[Entry]) -> None:
        if not 0 <= (act.answers or 0) <= len(entries):
            raise InputError(
                _("台账没有第 {n} 条", n=act.answers), place="--answers", mend=_("用 rongtong undo 列出台账")
            )
        for entry in entries[act.answers :]:
            if _touches(alliance, entry, entries, touched, decision):
                raise StaleDecisionError(
                    _("台账第 {n} 条已经改变了这件事，决定没有记入", n=entry.number),
                    mend=_("请看过现在的情况再决定"),
                )
        hangs_on(fold(entries), touched.sources)

    body = {"decision": decision, "sources": sorted(touched.sources), "answers": act.answers}
    return alliance.log.append(kind, body, by=act.by, check=check).number


def hangs_on(state: State, sources: Iterable[str]) -> None:
    """Refuse a decision that hangs on *sources* of which *state* has no import in force."""
    if not set(sources) <= {one.source for one in state.imports}:
        raise StaleDecisionError(_("所依据的导入已被撤销，决定没有记入"), mend=_("请看过现在的情况再决定"))


def _touches(
    alliance: Alliance, entry: Entry, entries: list[Entry], touched: Touched, decision: dict[str, Any]
) -> bool:
    """Whether *entry* concerns the firms of a decision, or is one on the same heading."""
    if entry.kind == "undo":
        return _touches(alliance, entries[int(entry.body["entry"]) - 1], entries, touched, decision)
    if entry.kind == "import":
        return entry.body["source"] in touched.about or _calls(alliance, entry.body["part"], touched.called)
    other = entry.body.get("decision", {})
    if "ask" in decision or "ask" in other:
        return "ask" in decision and "ask" in other
    if "heading" in decision or "heading" in other:
        return bool(decision.get("heading") == other.get("heading"))
    slots = {decision.get("slot"), other.get("slot")} - {None, "uscc", "name", *alliance.catalogue.names}
    return len(slots) < 2 and not touched.mentions.isdisjoint(
        {other.get("left"), other.get("right"), other.get("mention")}
    )


def _calls(alliance: Alliance, name: str, called: frozenset[str]) -> bool:
    """Whether a row of a part bears one of some codes and names."""
    import pyarrow.parquet as pq  # noqa: PLC0415 -- read only when a decision meets a newer import

    folder = alliance.home / "claims" / name
    wanted = pa.array(sorted(called), pa.string())
    return any(
        pc.any(pc.is_in(column, wanted)).as_py()
        for index, _table in enumerate(Part.load(folder).tables if called else ())
        for column in pq.read_table(folder / f"{index}.parquet", columns=["uscc", "name"]).columns
    )
