"""How much two short texts say the same, by the pairs of characters that they share."""

from __future__ import annotations

from rongtong.match.words import folded


def pairs(text: str) -> frozenset[str]:
    """The pairs of characters that stand side by side in *text*."""
    plain = folded(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 (nothing shared) to 1 (all of the shorter one's pairs stand in the longer one)."""
    return len(one & other) / max(min(len(one), len(other)), 1)
