"""What follows from the same facts alone is worked out once a process: tests of pages settle the same few states often.

The engines name what they make by what it follows from, so a copy is what they would make again. That they do is for
their own tests, which see nothing of this; nor does whoever verifies, in a folder of another name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rongtong import search
from rongtong.facts import Snapshot, settling
from rongtong.facts.settling.settle import state_key
from rongtong.qualify.assessment import Assessment

JUDGING = sys.modules["rongtong.qualify.assess"]  # its package calls the function by the same name
SETTLE, JUDGE, BUILD = settling.settle, JUDGING.judge, search.build


class Once:
    """The engines' work, kept in *folder* by what it follows from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take_the_place(self, patch: pytest.MonkeyPatch) -> None:
        """Stand for the engines until *patch* is undone."""
        patch.setattr(settling, "settle", self.settle)
        patch.setattr(JUDGING, "judge", self.judge)
        patch.setattr(search, "build", self.build)

    def settle(self, state: Any, claims: Path, snapshots: Path, catalogue: Any, progress: Any) -> Snapshot:
        def make() -> Path:
            return SETTLE(state, claims, snapshots, catalogue, progress).path

        if snapshots.name != "snapshots":
            return Snapshot(make())
        return Snapshot(self._made(f"settle {state_key(state, catalogue)}", snapshots, make))

    def judge(
        self, snapshot: Snapshot, program: Any, purpose: str, *, out: Path | None = None, clauses: bool = True
    ) -> Assessment:
        work = partial(JUDGE, snapshot, program, purpose, out=out, clauses=clauses)
        if out is None or out.name != "results":
            return work()
        told = json.dumps([clauses, JUDGING.made_of(snapshot, program, purpose)])
        made = self._made(f"judge {told}", out, lambda: work().path)
        return Assessment(made, snapshot, program, JUDGING.manifest_of(made))

    def build(self, snapshot: Snapshot, folder: Path) -> search.Index:
        def make() -> Path:
            BUILD(snapshot, folder)
            return folder

        return search.Index.open(self._made(f"build {snapshot.id} {folder.name}", folder.parent, make))

    def _made(self, what: str, parent: Path, make: Callable[[], Path]) -> Path:
        """What *make* makes below *parent*, or a copy of what it made the first time."""
        kept = self.folder / hashlib.sha256(what.encode()).hexdigest()
        if not kept.is_dir():
            made = make()
            shutil.copytree(made, kept / made.name)
            return made
        [one] = kept.iterdir()
        shutil.copytree(one, parent / one.name, dirs_exist_ok=True)
        return parent / one.name
