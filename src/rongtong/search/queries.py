"""Words and filters as query objects; no text ever goes through a query language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import tantivy
from tantivy import Occur, Query

from rongtong.identity import uscc
from rongtong.search import spells
from rongtong.search.fields import CODE, FILTERS, GRAM, HEAD, LETTERS, TEXTS
from rongtong.search.readings import REACH
from rongtong.search.spelling import possible, split, words

_LONGEST = 200
"""Characters of a word, beyond which nothing can bear it."""
_MOST = 20
"""Words, beyond which nothing can hold all."""
_SPELLS = 50
"""Spells, beyond which a set is faster than each by itself."""


@dataclass(frozen=True)
class Filters:
    """What firms are narrowed to: *titles* (kinds of the list ``titles``), district, industry, chain ("" is any).

    Each title is in force on the day *on*, or was held at any time where no day is given.
    """

    titles: tuple[str, ...] = ()
    district: str = ""
    industry: str = ""
    chain: str = ""
    on: date | None = None

    def without(self, name: str) -> Filters:
        """These filters but for the one called *name*."""
        change: dict[str, Any] = {name: ""}
        return replace(self, **change)


#: Whatever firm.
ANY = Filters()


def spoken(word: str) -> str:
    """A folded word as letters of pinyin, empty when it cannot be any: lower case, ü as v."""
    letters = word.lower().replace("ü", "v")
    return letters if letters.isascii() else ""


@dataclass(frozen=True)
class Queries:
    """Makes queries for one schema, on an index in which these spells of titles occur."""

    schema: tantivy.Schema
    spells: Sequence[spells.Spell]

    def term(self, field: str, text: str) -> Query:
        """Firms of which *field* has the term *text*."""
        return Query.term_query(self.schema, field, text, index_option="basic")

    def text(self, typed: str) -> Query | None:
        """Firms that hold every word of *typed*; ``None`` when nothing is typed."""
        if not typed.strip():
            return None
        every = list(dict.fromkeys(split(typed)))
        if not every or len(every) > _MOST or max(map(len, every)) > _LONGEST:
            return Query.empty_query()
        return both(map(self._word, every))

    def _word(self, word: str) -> Query:
        """Firms that hold a word as typed in one of the ways that it may stand in a name."""
        return either([both(map(self._piece, pieces)) for pieces in possible(word)])

    def _piece(self, word: str) -> Query:
        said, code = spoken(word), uscc.normalise(word)
        ways = [self._beside(field, word) for field in TEXTS]
        ways += [self._start(said), *self._initials(said)] if said else []
        ways += self._code(code) if len(code) >= CODE[0] and code == word else []
        return either(ways)

    def _beside(self, field: str, word: str) -> Query:
        """The characters of *word* side by side in *field*."""
        if len(word) <= GRAM:
            return self.term(field, word)
        return both([self._windows(field, word, GRAM), Query.phrase_query(self.schema, f"{field}_at", list(word))])

    def _windows(self, field: str, text: str, size: int) -> Query:
        """Every piece of *text* of *size* characters."""
        pieces = {text[at : at + size]: None for at in range(len(text) - size + 1)}
        return both(self.term(field, piece) for piece in pieces)

    def _start(self, said: str) -> Query:
        """Pinyin from the beginning of a syllable on."""
        begins = self.term("starts", said[:REACH])
        return both([begins, self._windows("letters", said, LETTERS)]) if len(said) > REACH else begins

    def _initials(self, said: str) -> list[Query]:
        """Initials side by side; a single one is the beginning of a syllable."""
        return [self._windows("initials", said, min(GRAM, len(said)))] if len(said) > 1 else []

    def _code(self, code: str) -> list[Query]:
        """A code that begins or ends so."""
        head = self.term("code_head", code) if len(code) in CODE else self._run("code", code)
        return [head, self._run("code_back", code[::-1])]

    def _run(self, field: str, text: str) -> Query:
        """Terms of *field* that begin with *text* (of letters and digits alone), few as they are."""
        return Query.regex_query(self.schema, field, f"{text}.*")

    def bands(self, typed: str) -> list[Query]:
        """The firms that come first, best first: the name itself, names that begin so, trade names that begin so."""
        key = "".join(words(typed))
        if not key:
            return []
        heads = [self.term("core_head", text[:HEAD]) for text in dict.fromkeys((key, spoken(key))) if text]
        return [self.term("whole", key), self.term("name_head", key[:HEAD]), either(heads)]

    def filters(self, filters: Filters) -> list[Query]:
        """What *filters* ask for, one query each."""
        chosen = [(name, value) for name in FILTERS if (value := getattr(filters, name))]
        titles = [self.title(clean(kind), filters.on) for kind in dict.fromkeys(filters.titles)]
        return [self.term(name, clean(value)) for name, value in chosen] + titles

    def title(self, kind: str, on: date | None) -> Query:
        """Firms that hold a title of *kind* on a day, or that ever held one."""
        held = spells.terms(self.spells, kind, on)
        if len(held) > _SPELLS:
            return Query.term_set_query(self.schema, "title", held)
        return either([self.term("title", one) for one in held]) if held else Query.empty_query()


def clean(text: str) -> str:
    """*text* with a question mark for what no encoding holds."""
    return text.encode("utf-8", "replace").decode()


def both(queries: Iterable[Query]) -> Query:
    """All of *queries*, everything when there are none."""
    parts = [(Occur.Must, query) for query in queries]
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts) if parts else Query.all_query()


def either(queries: Sequence[Query]) -> Query:
    """Any of *queries*."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def without(query: Query, others: Sequence[Query]) -> Query:
    """*query* less what *others* find."""
    if not others:
        return query
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in others)])
