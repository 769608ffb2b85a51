"""Snapshots for tests: firms given as facts by slot."""

from rongtong.facts.imagined import snapshot

__all__ = ["snapshot"]
