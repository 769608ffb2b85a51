"""Where what a verdict looked at stands: each cell with its mention, under which its page is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rongtong.facts import Claimed
from rongtong.portal.registry import current

Story = dict[str, Any]


def linked(story: Story, firm: str) -> Story:
    """*story*, of that firm, with the ``mention`` of every cell that its clauses cite, as far as it is known."""
    mentions: dict[tuple[str, ...], str] = {}
    for one in _claims(firm):
        mentions[one.file, one.sheet, one.cell] = one.mention
        mentions.setdefault((one.file, one.sheet, _row(one.cell)), one.mention)
    return story | {"clauses": [_clause(one, mentions) for one in story["clauses"]]}


def _claims(firm: str) -> Iterator[Claimed]:
    for fact in current.facts_of(firm):
        yield from fact.claims
    for record in current.records_of(firm):
        yield from record.claims


def _clause(clause: Story, mentions: dict[tuple[str, ...], str]) -> Story:
    parts = {"parts": [_clause(one, mentions) for one in clause["parts"]]} if clause.get("parts") else {}
    cells = {
        name: [one | {"mention": _mention(one, mentions)} for one in own] for name, own in clause["sources"].items()
    }
    return clause | {"sources": cells} | parts


def _mention(cell: Story, mentions: dict[tuple[str, ...], str]) -> str:
    """That of the cell, else of another in its row: it names the firm, and states no fact of it."""
    where = str(cell["file"]), str(cell["sheet"] or "")
    return mentions.get((*where, cell["cell"])) or mentions.get((*where, _row(cell["cell"])), "")


def _row(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
