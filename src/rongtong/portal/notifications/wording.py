"""The words of notices, as data in ``catalogue/notices``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Literal

from pydantic import model_validator

from rongtong.definitions.loader import Model, folder, read
from rongtong.i18n import language


class Wording(Model):
    """One notice: its title and text with ``{names}`` to fill in, and the channels used unless somebody chose."""

    id: str
    title: str
    text: str
    title_en: str
    text_en: str
    channels: tuple[Literal["sms", "email"], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What is to be filled in."""
        return _names(self.title, self.text)

    @model_validator(mode="after")
    def _both_languages_say_the_same(self) -> Wording:
        if not _names(self.title_en, self.text_en) <= self.names:
            raise ValueError(f"the English of {self.id} asks for more than the Chinese")
        return self

    def told(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Title and text in the reader's language, filled in."""
        words = (self.title_en, self.text_en) if language() == "en" else (self.title, self.text)
        return words[0].format(**values), words[1].format(**values)


def _names(*texts: str) -> frozenset[str]:
    return frozenset(name for text in texts for _text, name, _spec, _form in Formatter().parse(text) if name)


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
