"""The alliance folder: everything that is true, and the few things one can do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rongtong.definitions.catalogue import Catalogue, catalogue
from rongtong.errors import InputError
from rongtong.facts import answers, decisions, importing, judging, leftovers, settling, taught
from rongtong.facts.answers import Answer
from rongtong.facts.entering import Act
from rongtong.facts.importing import ImportResult
from rongtong.facts.journal import During, Entry, Journal
from rongtong.facts.settling.settle import Progress, state_key
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State, fold
from rongtong.facts.taught import Taught
from rongtong.facts.temporary import whole
from rongtong.i18n import _


def silent(_step: str, _share: float) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Alliance:
    """One alliance folder: ``sources``, ``claims``, ``journal``, ``snapshots``, ``results`` below *home*."""

    home: Path
    catalogue: Catalogue
    log: Journal

    @classmethod
    def open(cls, home: Path | str, *, create: bool = False, during: During | None = None) -> Alliance:
        """Open the folder at *home*; entries written through it say *during* what.

        Raises InputError when there is none and *create* is false.
        """
        path = Path(home)
        if not (path / "journal").is_dir() and not create:
            raise InputError(
                _("这里没有联盟数据"),
                place=str(path),
                mend=_("请用 --home 指明文件夹，或先用 rongtong import 导入表格"),
            )
        (path / "journal").mkdir(parents=True, exist_ok=True)
        return cls(path, catalogue(), Journal(path / "journal", during))

    def journal(self) -> list[Entry]:
        """All entries, in order."""
        return self.log.entries()

    def state(self) -> State:
        """What is in force now."""
        return fold(self.log.entries())

    def import_file(
        self,
        path: Path | str,
        *,
        source: str = "district_workbook",
        date: str | None = None,
        year: int | None = None,
        complete: Iterable[str] = (),
        number: str = "",
        by: str = "",
        progress: Progress = silent,
    ) -> ImportResult:
        """Read a workbook and put its claims in force, whole or not at all; twice is once.

        *source* is a kind of source of the catalogue, *date* the reference date (ISO), *year* the reporting year,
        *complete* the lists that hold every record of the firms named, as ``negative_records.tax:2019-2022``,
        *number* the document number of the file. Raises InputError when the file cannot be read or an argument is not
        one.
        """
        options = importing.options(
            self.catalogue, source=source, date=date, year=year, complete=complete, number=number
        )
        return importing.import_file(self, Path(path), options, by=by, progress=progress)

    def settle(self, *, state: State | None = None, progress: Progress = silent) -> Snapshot:
        """The snapshot of *state* (None: the one in force); settled anew only when it has no snapshot yet."""
        state = state or self.state()
        pointer = self.home / "snapshots" / "states" / state_key(state, self.catalogue)
        if pointer.is_file() and (name := pointer.read_text()) and (self.home / "snapshots" / name).is_dir():
            return Snapshot(self.home / "snapshots" / name)
        leftovers.sweep(self.home)
        snapshot = settling.settle(state, self.home / "claims", self.home / "snapshots", self.catalogue, progress)
        with whole(pointer) as draft:
            draft.write_text(snapshot.id)
        return snapshot

    def decide_same(
        self,
        left: str,
        right: str,
        *,
        by: str = "",
        answers: int | None = None,
        seen: Snapshot | None = None,
        sure: bool = False,
    ) -> int:
        """Two firms (by id, code, name or mention) are one; returns the entry's number.

        Firms with different valid codes are taken for one only by who is *sure*; else InputError names both codes.
        *seen* is the snapshot that was looked at (None: the state is settled now), *answers* the entry it was up to.
        """
        return decisions.pair(self, "same", left, right, Act(by, answers, seen), sure=sure)

    def decide_different(
        self, left: str, right: str, *, by: str = "", answers: int | None = None, seen: Snapshot | None = None
    ) -> int:
        """Two mentions are two firms; of two that share a code, the second leaves."""
        return decisions.pair(self, "different", left, right, Act(by, answers, seen))

    def decide_heading(self, heading: str, slot: str, *, by: str = "", answers: int | None = None) -> int:
        """A heading means a slot (``revenue``, ``revenue[2021]``, ``ip.kind``), or is to be ignored (``ignore``)."""
        return decisions.heading(self, heading, slot, Act(by, answers))

    def decide_value(
        self,
        firm: str,
        slot: str,
        value: str,
        *,
        by: str = "",
        answers: int | None = None,
        seen: Snapshot | None = None,
    ) -> int:
        """Of the claims on a fact, those with this value win."""
        return decisions.value(self, firm, slot, value, Act(by, answers, seen))

    def correct_reading(
        self, source: Path | int, sheet: str, cell: str, value: str, *, by: str = "", answers: int | None = None
    ) -> int:
        """A cell (``D17``) of an imported file (or of import entry *source*) reads *value*, written as people do."""
        return decisions.reading(self, source, (sheet, cell), value, Act(by, answers))

    def answer(
        self,
        wording: tuple[str | None, str | None],
        firm: str | None,
        *,
        apart: Sequence[str] = (),
        by: str = "",
        seen: int | None = None,
        snapshot: Snapshot | None = None,
    ) -> int:
        """Rows on lists with *wording* (code, name) are *firm*, or where that is None, none of *apart*; the entry.

        The last answer on a wording counts; what is denied adds up. *seen* is the number of the one that was known (0:
        none). None is merged.
        """
        return answers.give(self, wording, firm=firm, apart=apart, by=by, seen=seen, snapshot=snapshot)

    def answers(self) -> list[Answer]:
        """What people answered of rows on lists, as it is in force."""
        return answers.in_force(self.state())

    def teach(self) -> Taught:
        """What the decisions on pairs teach about names, evaluated; nothing is switched on."""
        return taught.teach(self)

    def judge_by(
        self,
        *,
        ask: float | None = None,
        same: float | None = None,
        taught: Mapping[str, Any] | None = None,
        by: str = "",
        answers: int | None = None,
    ) -> int:
        """Judge names by other bounds, by what was *taught* (:meth:`Taught.decision`), or both; the entry's number.

        What is not given stays as it is in force. Raises InputError when they are no bounds.
        """
        state = self.state()
        judge, before = judging.judge(state.judging), state.judging or {"taught": None}
        low, high = judging.bounds(judge.ask if ask is None else ask, judge.same if same is None else same)
        decision = {"ask": low, "same": high, "taught": before["taught"] if taught is None else dict(taught)}
        return decisions.judging(self, decision, Act(by, state.head if answers is None else answers))

    def undo(self, number: int, *, by: str = "") -> tuple[int, list[Entry]]:
        """Take back an entry; returns the new entry's number and the decisions that sleep from now on."""
        before = {entry.number for entry in self.state().dormant}

        def check(entries: list[Entry]) -> None:
            if number not in fold(entries).in_force:
                raise InputError(
                    _("台账第 {n} 条不存在或已经撤销", n=number), mend=_("用 rongtong undo 不带编号可以列出台账")
                )

        entry = self.log.append("undo", {"entry": number}, by=by, check=check)
        return entry.number, [one for one in self.state().dormant if one.number not in before]
