"""Identifiers and literals in SQL, quoted."""

from __future__ import annotations


def quote(identifier: str) -> str:
    """*identifier* as a quoted SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as a quoted SQL string."""
    return "'" + text.replace("'", "''") + "'"
