"""The characters of GB 2312: level 1 are common ones, level 2 all that print used to have."""

from __future__ import annotations

_LAST = {0xD7: 0xF9}
"""Where a row of the table ends early."""


def characters() -> str:
    """All 6,763."""
    return "".join(_row(row) for row in range(0xB0, 0xF8))


def _row(row: int) -> str:
    return bytes(part for cell in range(0xA1, _LAST.get(row, 0xFE) + 1) for part in (row, cell)).decode("gb2312")


COMMON = "".join(_row(row) for row in range(0xB0, 0xD8))
"""The 3,755 of level 1."""
