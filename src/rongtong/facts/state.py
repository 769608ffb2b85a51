"""State is the fold of the journal: what is in force, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rongtong.facts import digest
from rongtong.facts.journal import GENESIS, Entry


@dataclass(frozen=True)
class Import:
    """An import in force: its entry, the source and part it names, and since which entry the source is known."""

    entry: int
    first: int
    source: str
    part: str
    file: str


@dataclass(frozen=True)
class State:
    """What is in force after entry *head* (hash *head_hash*); decisions without their sources are *dormant*."""

    head: int
    head_hash: str
    imports: tuple[Import, ...]
    decisions: tuple[Entry, ...]
    dormant: tuple[Entry, ...]
    erased: frozenset[str]
    in_force: frozenset[int]

    def of_kind(self, *kinds: str) -> list[Entry]:
        """The decisions in force of some kinds; for one subject only the latest."""
        latest = {subject(entry): entry for entry in self.decisions if entry.kind in kinds}
        return list(latest.values())

    @property
    def judging(self) -> dict[str, Any] | None:
        """By which bounds and correction names are judged, if somebody said so."""
        found = self.of_kind("judging")
        return dict(found[0].body["decision"]) if found else None

    @cached_property
    def on_pairs(self) -> list[Entry]:
        """The decisions on pairs, asleep or not."""
        return [one for one in [*self.decisions, *self.dormant] if one.kind in ("same", "different")]

    @cached_property
    def carried(self) -> list[Entry]:
        """The decisions on pairs that know what both were called, asleep or not; of two on one pair only the latest."""
        told = [one for one in self.on_pairs if "called" in one.body["decision"]]
        latest = {
            frozenset(tuple(side) for side in one.body["decision"]["called"]): one
            for one in sorted(told, key=lambda one: one.number)
        }
        return list(latest.values())

    @cached_property
    def key(self) -> str:
        """Hash of what is in force: parts and decisions, not who made them or when or in which order."""
        decisions = [
            [entry.kind, entry.body["decision"]]
            for entry in [
                *self.of_kind("same", "different"),
                *self.of_kind("value"),
                *self.of_kind("reading", "judging"),
            ]
        ]
        carried = sorted(([one.kind, one.body["decision"]["called"]] for one in self.carried), key=digest.of_json)
        return digest.of_json(
            {
                "parts": sorted(one.part for one in self.imports),
                "decisions": sorted(decisions, key=digest.of_json),
                "erased": sorted(self.erased),
            }
            | ({"carried": carried} if carried else {})
        )


def subject(entry: Entry) -> Any:
    """What a decision is about: two decisions about one subject cannot both be in force, the later one counts."""
    decision = entry.body["decision"]
    match entry.kind:
        case "same" | "different":
            return ("pair", frozenset((decision["left"], decision["right"])))
        case "heading":
            return ("heading", decision["heading"])
        case "judging":
            return ("judging",)
        case "answer":
            return ("answer", tuple(decision["given"]))
        case "value":
            return ("value", decision["mention"], decision["slot"])
        case _:
            return ("reading", decision["mention"], decision["slot"])


def in_force(entries: Iterable[Entry]) -> frozenset[int]:
    """The numbers of the entries that no undo in force takes back; an undo can itself be undone."""
    undone: set[int] = set()
    kept: set[int] = set()
    for entry in sorted(entries, key=lambda e: e.number, reverse=True):
        if entry.number in undone:
            continue
        kept.add(entry.number)
        if entry.kind == "undo":
            undone.add(int(entry.body["entry"]))
    return frozenset(kept)


def fold(entries: list[Entry]) -> State:
    """The state after *entries*."""
    kept = in_force(entries)
    first: dict[str, int] = {}
    imports: dict[str, Import] = {}
    for entry in entries:
        if entry.kind != "import":
            continue
        source = str(entry.body["source"])
        first.setdefault(source, entry.number)
        if entry.number in kept:  # a later reading of the same source supersedes the earlier
            imports[source] = Import(
                entry.number, first[source], source, str(entry.body["part"]), str(entry.body["file"])
            )
    decisions = [e for e in entries if e.number in kept and e.kind not in ("import", "undo", "erase")]
    awake = [e for e in decisions if set(e.body.get("sources", ())) <= imports.keys()]
    numbers = {e.number for e in awake}
    return State(
        head=entries[-1].number if entries else 0,
        head_hash=entries[-1].hash if entries else GENESIS,
        imports=tuple(imports.values()),
        decisions=tuple(awake),
        dormant=tuple(e for e in decisions if e.number not in numbers),
        erased=frozenset(str(e.body["source"]) for e in entries if e.kind == "erase" and e.number in kept),
        in_force=kept,
    )
