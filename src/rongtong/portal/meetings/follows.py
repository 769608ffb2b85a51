"""What people write on a sign-in sheet of what follows, and what it means: by ``catalogue/lists/follows.yaml``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal

from rongtong.definitions.loader import Model, folder, read
from rongtong.match.numbers import any_of

UNREAD = "unread"


class Follows(Model):
    """The file ``catalogue/lists/follows.yaml``."""

    kind: Literal["follows"]
    title: str
    words: dict[str, tuple[str, ...]]
    nothing: tuple[str, ...]
    denied: tuple[str, ...]
    between: tuple[str, ...]
    not_yet: tuple[str, ...]

    @cached_property
    def denial(self) -> re.Pattern[str]:
        """A word that is denied."""
        every = [word for words in self.words.values() for word in words]
        return re.compile(f"{any_of(self.denied)}{any_of(self.between)}?({any_of(every)})")

    @cached_property
    def open(self) -> frozenset[str]:
        """The words of which a denial leaves open what follows."""
        return frozenset(word for name in self.not_yet for word in self.words[name])


@cache
def follows() -> Follows:
    """The words that come with the package."""
    return read(folder() / "lists" / "follows.yaml").parse(Follows)


def meaning(text: str) -> str:
    """What *text* says of what follows: a key of ``words``, ``nothing``, empty where it says nothing at all, and
    :data:`UNREAD` where it says something else, or both that something follows and that nothing does."""
    known = follows()
    denied = {found[1] for found in known.denial.finditer(text)}
    said = known.denial.sub("", text)
    told = next((name for name, words in known.words.items() if any(one in said for one in words)), "")
    nothing = any(one in text for one in known.nothing) or bool(denied - known.open)
    if told or nothing:
        return UNREAD if told and nothing else told or "nothing"
    return UNREAD if text.strip() else ""
