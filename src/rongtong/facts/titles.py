"""Titles that a firm holds on a day."""

from __future__ import annotations

from datetime import date


def in_force(day: str) -> str:
    """SQL for whether a row of ``list_titles`` is in force on *day*, SQL too; an end that nobody states is open."""
    return f"(coalesce(granted_on <= {day}, true) AND coalesce(valid_until >= {day}, true))"


def is_in_force(granted_on: date | None, valid_until: date | None, day: date) -> bool:
    """The same of one title."""
    return (granted_on or day) <= day <= (valid_until or day)
