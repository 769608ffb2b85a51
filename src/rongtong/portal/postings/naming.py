"""Firms that a text names: those of the registry by as much of their name as is written, and those everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rongtong.definitions.loader import Model, folder, read
from rongtong.facts.text import literal
from rongtong.identity.vocabulary import regions
from rongtong.match.numbers import any_of
from rongtong.match.words import pieces
from rongtong.portal.registry import current

#: So many characters of a name behind its region tell a firm, where no more than the second number of firms share them.
HEAD, SHARED = 3, 2
_ENDINGS = "特别行政区|自治区|新区|省|市|区|县"
_HEADS = """
    SELECT substr(regexp_replace(name, $region, ''), 1, $head) AS head, list(name ORDER BY n) AS names
    FROM firms WHERE name IS NOT NULL GROUP BY 1 HAVING length(head) = $head AND count(*) <= $shared"""


class Known(Model):
    """The file ``catalogue/names/known.yaml``."""

    kind: Literal["known_firms"]
    title: str
    known: tuple[str, ...]
    to: tuple[str, ...]
    for_: tuple[str, ...]
    not_: tuple[str, ...]
    with_: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A firm as a text names it: what is written, and the whole name where the registry knows it."""

    text: str
    name: str = ""

    @property
    def whole(self) -> bool:
        """Whether the name is written out, but for its legal form at the most."""
        return bool(self.name) and len(self.text) >= len(re.sub(r"(?:股份|有限|责任)*公司$|厂$", "", self.name))


def named(text: str) -> list[Named]:
    """The firms that *text* names, each once: of the registry, and those that everybody knows."""
    found = {one.text: one for one in (*_registered(text), *_customers(text))}
    for one in known().known:
        if one in text and not any(one in longer for longer in found):
            found[one] = Named(one)
    return list(found.values())


def avoided(text: str) -> list[tuple[str, list[str]]]:
    """The clauses of *text* that say whom not to introduce, each with the names."""
    return [(match[0], pieces(match["who"])) for match in _avoiding().finditer(text)]


def _registered(text: str) -> Iterator[Named]:
    heads = sorted({text[at : at + HEAD] for at in range(len(text) - HEAD + 1)})
    for name in _beginning(heads):
        rest = _region().sub("", name)
        for match in re.finditer(re.escape(rest[:HEAD]), text):
            end = next(n for n in range(len(rest), 0, -1) if text.startswith(rest[:n], match.start()))
            before = name[: len(name) - len(rest)]
            start = match.start() - (len(before) if before and text[: match.start()].endswith(before) else 0)
            yield Named(text[start : match.start() + end], name)


def _customers(text: str) -> Iterator[Named]:
    """Firms of the registry that are named as customers by their trade name alone."""
    asked = [one for match in _customer().finditer(text) for one in pieces(match["who"]) if len(one) >= HEAD - 1]
    for one in asked:
        if name := next(iter(_beginning([one[:HEAD]], exact=len(one) >= HEAD)), ""):
            yield Named(one, name)


def _beginning(heads: list[str], *, exact: bool = True) -> list[str]:
    """The names of the registry that begin with one of *heads* behind their region; nothing before any import."""
    snapshot = current.having()
    if snapshot is None:
        return []
    told = _HEADS.replace("$region", literal(_region().pattern)).replace("$head", str(HEAD))
    table = snapshot.keep("name_heads", told.replace("$shared", str(SHARED)))
    holds = "head IN (SELECT unnest($1))" if exact else "substr(head, 1, length($1[1])) = $1[1]"
    with snapshot.connect() as connection:
        found = connection.execute(f"SELECT unnest(names) FROM {table} WHERE {holds} ORDER BY 1", [heads]).fetchall()
    return [name for (name,) in found]


@cache
def known() -> Known:
    """The firms that come with the package."""
    return read(folder() / "names" / "known.yaml").parse(Known)


@cache
def _region() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, regions()), key=len, reverse=True))
    return re.compile(rf"^(?:(?:{names})(?:{_ENDINGS})?)+")


@cache
def _customer() -> re.Pattern[str]:
    return re.compile(rf"{any_of(known().to)}(?P<who>[^，,。；;！？\n]{{2,30}}?){any_of(known().for_)}")


@cache
def _avoiding() -> re.Pattern[str]:
    return re.compile(rf"{any_of(known().not_)}(?P<who>[^，,。；;！？\n]{{2,60}}?){any_of(known().with_)}")
