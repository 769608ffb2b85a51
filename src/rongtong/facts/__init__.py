"""Know: facts with provenance — who says so, when, in which cell of which file.

    from rongtong import facts

    snapshot = facts.read("members.xlsx").settle()     # a folder of its own, for a look
    alliance = facts.Alliance.open("home", create=True)
    alliance.import_file("laoshan.xlsx", source="district_workbook", date="2022-06-30", year=2021)
    snapshot = alliance.settle()
    facts.facts_table(snapshot)                        # every fact, with file, sheet and cell

``journal`` holds what happened, ``state`` folds it, ``reading`` reads workbooks, ``importing`` and ``decisions`` write
entries, ``settling`` makes snapshots, ``provenance`` leads from a fact back to its cell, ``verifying`` checks it all.
"""

from __future__ import annotations

from pathlib import Path

from rongtong.facts import temporary
from rongtong.facts.alliance import Alliance
from rongtong.facts.firm import Claimed, Fact, Record, facts_of, records_of
from rongtong.facts.importing import ImportResult
from rongtong.facts.journal import Entry
from rongtong.facts.mentions import Mention, find
from rongtong.facts.provenance import facts_table, said_of, sources_of
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.verifying import Check, intact, verify

__all__ = [
    "Alliance", "Check", "Claimed", "Entry", "Fact", "ImportResult", "Mention", "Record", "Snapshot",
    "facts_of", "facts_table", "find", "intact", "read", "records_of", "said_of", "sources_of", "verify",
]  # fmt: skip


def read(path: Path | str, *, year: int | None = None) -> Alliance:
    """Import one workbook into a temporary alliance folder of its own."""
    alliance = Alliance.open(temporary.folder(), create=True)
    alliance.import_file(path, year=year)
    return alliance
