"""Messages in the reader's language: Chinese is the source, English a translation.

Chinese texts are written in the code and marked with ``_``; ``locale/en.po`` holds the English, and a further
language would be one more name in :data:`LANGUAGES` with its ``locale/….po``. The language is the one given to
:func:`use` (of the whole process) or :func:`using` (of one request), else the environment's ``RONGTONG_LANG``, else
Chinese.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
#: What messages can be had in, by their own names; the first is the one the code is written in.
LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
SOURCE = next(iter(LANGUAGES))

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
    """The language in use, one of :data:`LANGUAGES`; one that there is none of gives the source's."""
    chosen = _here.get(_chosen[0] if _chosen else os.environ.get("RONGTONG_LANG", SOURCE))
    return chosen if chosen in LANGUAGES else SOURCE


@cache
def messages(language: str) -> dict[str, str]:
    """Every message in a *language* that is not the source's."""
    with (resources.files("rongtong") / "locale" / f"{language}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def translate(text: str, /, **values: object) -> str:
    """Return *text* in the language in use, its ``{names}`` filled with *values*."""
    here = language()
    chosen = text if here == SOURCE else messages(here).get(text, text)
    return chosen.format(**_quoted(chosen, values)) if values else chosen


_ = translate
#: What stands between the parts of a list in Chinese, and in every other language.
_BETWEEN = {"、": ", ", "，": ", ", "；": "; "}


def joined(parts: Iterable[str], between: str = "、") -> str:
    """*parts* in one line, *between* them what stands there in Chinese (、 ， ；), in other languages its like."""
    return (between if language() == SOURCE else _BETWEEN[between]).join(parts)


#: What a message puts in quotes, or between the marks of a document's title.
_IN_QUOTES = re.compile(r"[“《]\{(\w+)\}[”》]")


def inner(text: str) -> str:
    """*text* as it stands inside quotes: its own become the inner ones."""
    return text.replace("“", "‘").replace("”", "’")


def _quoted(text: str, values: dict[str, object]) -> dict[str, object]:
    """*values* as they are put into *text*: quotes within quotes are inner ones."""
    if not any(isinstance(one, str) and "“" in one for one in values.values()):
        return values
    within = {name: inner(str(values[name])) for name in _IN_QUOTES.findall(text) if name in values}
    return values | within


def mark(text: str) -> str:
    """Mark *text* as one that is translated later, where it is shown."""
    return text
