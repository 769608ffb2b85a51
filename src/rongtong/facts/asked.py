"""Whose claims are asked for: of every firm, or of a few whose sheets and rows are looked up first."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from rongtong.facts.text import literal

_MENTIONS = "SELECT n, mention, source, part, file, sheet, row FROM mentions WHERE list_contains($1, n)"


@dataclass(frozen=True)
class Asked:
    """The relation with the mentions of the firms asked for, and the sheets (of parts) these stand on; None: any."""

    mentions: str = "mentions"
    sheets: frozenset[tuple[str, str]] | None = None

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> Asked:
        """The firms *numbers*: what is then asked on *connection* opens no part in which none of them stands."""
        connection.execute(f"CREATE OR REPLACE TEMP TABLE asked_mentions AS {_MENTIONS}", [numbers])
        found = connection.execute("SELECT DISTINCT part, sheet FROM asked_mentions").fetchall()
        return cls("asked_mentions", frozenset((str(part), str(sheet)) for part, sheet in found))

    def on(self, part: str, sheet: str | None = None) -> bool:
        """Whether one of the firms stands in *part*, or there on *sheet*."""
        return self.sheets is None or any(part == one and sheet in (None, at) for one, at in self.sheets)

    def rows(self, part: str, sheet: str) -> str:
        """SQL for the condition that a row of a sheet is one of theirs; nothing where every firm is asked for."""
        if self.sheets is None:
            return ""
        on = f"part = {literal(part)} AND sheet = {literal(sheet)}"
        return f"WHERE row IN (SELECT row FROM {self.mentions} WHERE {on})"


#: Every firm of the snapshot.
ALL = Asked()
