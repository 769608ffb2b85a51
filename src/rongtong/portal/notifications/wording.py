"""The words of notices, as data in ``catalogue/notices``."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import Literal

from rongtong.definitions.loader import Model, folder, read


class Wording(Model):
    """One notice: its title and text with ``{names}`` to fill in, and the channels used unless somebody chose."""

    id: str
    title: str
    text: str
    channels: tuple[Literal["sms", "email"], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What is to be filled in."""
        parts = [*Formatter().parse(self.title), *Formatter().parse(self.text)]
        return frozenset(name for _text, name, _spec, _conversion in parts if name)


class WordingFile(Model):
    """One file of notices."""

    kind: Literal["notices"]
    title: str
    group: str
    notices: tuple[Wording, ...]


@cache
def wordings() -> dict[str, Wording]:
    """Every notice by id. Raises :class:`DefinitionError` with file and line."""
    files = (read(path).parse(WordingFile) for path in sorted((folder() / "notices").glob("*.yaml")))
    return {one.id: one for file in files for one in file.notices}
