"""Messages that were written down, told again in the reader's language.

What a job finds is read by many, in either language: it is written down in Chinese, filled in. Here the message that it
came from is found again by what stands between its values; values that are words of a definition, or messages
themselves, are told too. What is nobody's message stays as it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import Formatter

from rongtong.definitions.wording import english, worded
from rongtong.i18n import SOURCE, joined, language, messages

#: What joins several messages, or several values, into one text.
_JOINTS = ("；", "、")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def retold(text: str) -> str:
    """*text*, a message written down in Chinese, in the language in use."""
    here = language()
    return text if here == SOURCE or not _CHINESE.search(text) else _retold(text, here)


@lru_cache(maxsize=4096)
def _retold(text: str, here: str) -> str:
    said = messages(here).get(text) or worded(text)
    return said if said != text else _filled_in(text, here) or _joined(text)


def _filled_in(text: str, here: str) -> str:
    for pattern, said in _forms(here):
        if found := pattern.fullmatch(text):
            return _fill(said, {name: retold(value) for name, value in found.groupdict().items()})
    return ""


def _joined(text: str) -> str:
    joint = next((one for one in _JOINTS if one in text), "")
    parts = text.split(joint) if joint else []
    told = list(map(retold, parts))
    return joined(told, joint) if told != parts else text


@cache
def _forms(here: str) -> list[tuple[re.Pattern[str], str]]:
    """The messages, and the words of definitions, with values: those with the most words of their own first."""
    every = english() | messages(here)
    forms = {text: said for text, said in every.items() if _names(text) and _CHINESE.search(_own(text))}
    return [(_pattern(text), forms[text]) for text in sorted(forms, key=lambda one: -len(_own(one)))]


def _pattern(text: str) -> re.Pattern[str]:
    parts, seen = [], set[str]()
    for own, name, _spec, _form in Formatter().parse(text):
        parts.append(re.escape(own))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _fill(said: str, values: dict[str, str]) -> str:
    return "".join(own + (values[name] if name else "") for own, name, _spec, _form in Formatter().parse(said))


def _names(text: str) -> list[str]:
    try:
        names = [name for _own, name, _spec, _form in Formatter().parse(text) if name is not None]
    except ValueError:  # braces that hold no value
        return []
    return names if all(name.isidentifier() for name in names) else []


def _own(text: str) -> str:
    """What a message says besides its values."""
    return "".join(own for own, _name, _spec, _form in Formatter().parse(text))
