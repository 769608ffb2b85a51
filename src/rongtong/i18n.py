"""Messages in the reader's language: Chinese is the source, English a translation.

Chinese texts are written in the code and marked with ``_``; ``locale/en.po`` holds the English. The language is
the one given to :func:`use` (of the whole process) or :func:`using` (of one request), else the environment's
``RONGTONG_LANG`` (``zh`` or ``en``), else Chinese.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

_chosen: list[str] = []
_here: ContextVar[str] = ContextVar("language")


def use(language: str) -> None:
    """Choose the language of all messages from here on: ``zh`` or ``en``."""
    _chosen[:] = [language]


@contextmanager
def using(language: str) -> Iterator[None]:
    """The language of messages inside the block, in this thread alone."""
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def language() -> str:
    """The language in use: ``zh`` or ``en``."""
    chosen = _chosen[0] if _chosen else os.environ.get("RONGTONG_LANG", "zh")
    return _here.get(chosen)


@cache
def _english() -> dict[str, str]:
    with (resources.files("rongtong") / "locale" / "en.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def translate(text: str, /, **values: object) -> str:
    """Return *text* in the language in use, its ``{names}`` filled with *values*."""
    chosen = _english().get(text, text) if language() == "en" else text
    return chosen.format(**values) if values else chosen


_ = translate


def mark(text: str) -> str:
    """Mark *text* as one that is translated later, where it is shown."""
    return text
