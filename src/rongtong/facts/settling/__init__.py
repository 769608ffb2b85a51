"""Settling: claims of the parts in force → one value a fact, losers kept, conflicts flagged."""

from rongtong.facts.settling.settle import VERSION, settle

__all__ = ["VERSION", "settle"]
