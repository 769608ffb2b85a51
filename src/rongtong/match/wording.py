"""What a need asks for: the things in it, without the phrases that every need has."""

from __future__ import annotations

import re
from typing import NamedTuple

from rongtong.match.writing import spell

_CLAUSE = re.compile(r"[，。；！？,;!?\n]+")
_LIST = re.compile(r"[、/]|以及|及其|和(?=.{2})")
_WHO = r"(?:我司|我们|我方|我公司|本公司|我厂|本厂|公司|企业)?(?:主要|专业|专门)?"
_LEAD = re.compile(
    rf"^{_WHO}(?:目前|现在?|长期|常年|大量|紧急|急|正在|拟|希望|想要?)*(?:需要|需求|采购|求购|寻求|寻找|征集|寻|求|需|找|购买)"
    r"(?:一种|一批|一些|若干)?"
)
_TAIL = re.compile(
    r"的?(?:配套|生产|加工|制造|供应|供货|合作)*(?:供应商|供货商|供应方|供货方|厂家|厂商|企业|单位|伙伴)$"
)
_FILLER = re.compile(r"供应|供货|厂家|厂商|企业|对接|推荐|合作|批量|联系|欢迎")
_MADE = re.compile(
    rf"^{_WHO}(?:生产|制造|加工|产品[为是有]|产品包括)(?P<made>.+)$|^(?P<maker>.+?)(?:生产|制造|加工)(?:企业|厂家?|商)$"
)
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


def understand(text: str) -> Asked:
    """What *text* asks for; a text in no known phrasing is taken whole."""
    clauses = [clause for clause in _CLAUSE.split(text.strip()) if clause.strip()]
    made = _MADE.match(clauses[0].strip()) if len(clauses) > 1 else None
    if made and _UPSTREAM.search("".join(clauses[1:])):
        classes = tuple(spell(one) for one in _CLASS.findall("".join(clauses[1:])))
        return Asked(_terms(made["made"] or made["maker"]), classes, upstream=True)
    kept = [*clauses[:1], *(clause for clause in clauses[1:] if not _FILLER.search(clause))]
    wanted = (_TAIL.sub("", _LEAD.sub("", clause.strip())) for clause in kept)
    return Asked(tuple(term for one in wanted for term in _terms(one)) or (spell(text),))


def _terms(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in map(spell, _LIST.split(listed)) if term))
