"""What is being done while the journal is written: an entry keeps it, so that what a kill left can be ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rongtong.facts.journal import During

_during: ContextVar[During | None] = ContextVar("during", default=None)


def during() -> During | None:
    """The operation that runs now, as entries of the journal keep it; None outside of one."""
    return _during.get()


def heard(entry: int) -> None:
    """The operation that runs now is the one that entry *entry* of the journal stands for, whoever wrote it."""
    if told := during():
        told.entries.append(entry)


@contextmanager
def doing(told: During) -> Iterator[During]:
    """Have entries of the journal say that they were written during *told*."""
    token = _during.set(told)
    try:
        yield told
    finally:
        _during.reset(token)
