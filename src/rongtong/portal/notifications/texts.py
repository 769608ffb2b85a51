"""The words of notices, as data in ``catalogue/notices``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator

from rongtong.definitions.loader import Model, folder, read
from rongtong.definitions.retelling import retold
from rongtong.definitions.wording import worded
from rongtong.portal.notifications.ways import WAYS

#: Values that are words of a definition; all others are of people.
_OURS = ("what", "state", "reason", "side")
_PARTS = re.compile(r"[^（）]+")


def _a_way(name: str) -> str:
    if name not in WAYS:
        raise ValueError(f"no such channel: {name}")
    return name


class Text(Model):
    """One notice: its title and text with ``{names}`` to fill in, and the channels used unless somebody chose."""

    id: str
    title: str
    text: str
    channels: tuple[Annotated[str, AfterValidator(_a_way)], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What is to be filled in."""
        return _names(self.title, self.text)

    def told(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Title and text in the reader's language, filled in."""
        known = {name: _told(name, value) for name, value in values.items()}
        return worded(self.title).format(**known), worded(self.text).format(**known)


def _told(name: str, value: str) -> str:
    """A value in the reader's language when it is a definition's: a transition, a state, with a reason in brackets."""
    return _PARTS.sub(lambda part: retold(part[0]), value) if name in _OURS else value


def _names(*texts: str) -> frozenset[str]:
    return frozenset(name for text in texts for _text, name, _spec, _form in Formatter().parse(text) if name)


class TextFile(Model):
    """One file of notices."""

    kind: Literal["notices"]
    title: str
    group: str
    notices: tuple[Text, ...]


@cache
def texts() -> dict[str, Text]:
    """Every notice by id. Raises :class:`DefinitionError` with file and line."""
    files = (read(path).parse(TextFile) for path in sorted((folder() / "notices").glob("*.yaml")))
    return {one.id: one for file in files for one in file.notices}
