"""What a need asks for: the things in it, without the phrases that every need has."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from rongtong.match.cues import cues
from rongtong.match.numbers import any_of
from rongtong.match.words import alternatives, pieces
from rongtong.match.writing import STOPS, clauses, spell

_TAIL = re.compile(
    r"的?(?:配套|生产|加工|制造|供应|供货|合作)*(?:供应商|供货商|供应方|供货方|厂家|厂商|企业|单位|伙伴)$"
)
_FILLER = re.compile(r"供应|供货|厂家|厂商|企业|对接|推荐|合作|批量|联系|欢迎")
_UPSTREAM = re.compile(r"上游|原材料|原料|零部件|配套")
_CLASS = re.compile(r"(?:一种|某种|一类)(?P<of>.+?)类")


class Asked(NamedTuple):
    """What is asked for.

    *upstream* says that *terms* are what the buyer makes, so that their materials and parts are wanted; else *terms*
    are the things wanted themselves. *classes* are kinds that the thing wanted belongs to.
    """

    terms: tuple[str, ...]
    classes: tuple[str, ...] = ()
    upstream: bool = False


def understand(text: str, known: Container[str] = frozenset()) -> Asked:
    """What *text* asks for; a text in no known phrasing is taken whole, and so are the *known* products (spelt)."""
    said = [clause for one in clauses(text) if (clause := one.strip(STOPS))]
    made = _made().match(said[0]) if len(said) > 1 else None
    if made and _UPSTREAM.search("".join(said[1:])):
        classes = tuple(spell(one) for one in _CLASS.findall("".join(said[1:])))
        return Asked(_terms(made["made"] or made["maker"], known), classes, upstream=True)
    kept = [*said[:1], *(clause for clause in said[1:] if not _FILLER.search(clause))]
    wanted = (_TAIL.sub("", without_lead(clause)) for clause in kept)
    return Asked(tuple(term for one in wanted for term in _terms(one, known)) or (spell(text),))


def without_lead(clause: str) -> str:
    """A clause without what stands before the thing that is wanted."""
    return _lead().sub("", clause.strip())


def _terms(listed: str, known: Container[str]) -> tuple[str, ...]:
    found = (spell(term) for piece in pieces(spell(listed), known) for term in alternatives(piece))
    return tuple(dict.fromkeys(term for term in found if term))


@cache
def _lead() -> re.Pattern[str]:
    """Who wants, and then all that says it is wanted; 现 and 能 only before such a word (现场总线, 能源)."""
    when, want, some = (any_of(cues().lead[name]) for name in ("when", "want", "some"))
    own, anybody = any_of(cues().lead["own"]), any_of((*cues().lead["own"], *cues().lead["who"]))
    return re.compile(rf"^(?:(?:{anybody}\s*)?(?:(?:{when}\s*)*+{want}\s*(?:{some}\s*)?)+|{own}\s*)")


@cache
def _made() -> re.Pattern[str]:
    """That somebody makes something."""
    who = rf"(?:{any_of((*cues().lead['own'], *cues().lead['who']))})?(?:主要|专业|专门)?"
    return re.compile(
        rf"^{who}(?:生产|制造|加工|产品[为是有]|产品包括)(?P<made>.+)$|^(?P<maker>.+?)(?:生产|制造|加工)(?:企业|厂家?|商)$"
    )
