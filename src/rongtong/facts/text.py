"""Identifiers and literals in SQL, quoted."""

from __future__ import annotations


def quote(identifier: str) -> str:
    """*identifier* as a quoted SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as a quoted SQL string."""
    return "'" + text.replace("'", "''") + "'"


def column_letter(index: int) -> str:
    """The letters of a 0-based column, as a spreadsheet shows them: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
