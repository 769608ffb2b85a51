"""Why a firm is proposed: words, product, path, segment, what was asked and holds, past contract. Facts only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rongtong.i18n import _, joined
from rongtong.match.constraints import NO, UNASKED, UNKNOWN, YES, constraints, granted, said
from rongtong.match.holds import Day, Row
from rongtong.match.schema import words_of
from rongtong.match.things import things
from rongtong.match.words import words


class Carried(NamedTuple):
    """What carried a candidate: edges (``product``, ``material``, ``way``), offers like it (``name``, ``product``)."""

    path: Sequence[Row] = ()
    alike: Sequence[Row] = ()


NONE = Carried()
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9.\-]*|\d+[A-Za-z][A-Za-z0-9]*")
_MOST = 8


def evidence(
    need: Row, offer: Row, answers: dict[str, int], day: Day, grounds: Carried = NONE
) -> dict[str, list[dict[str, Any]]]:
    """``why`` (facts for it), ``against`` (facts that speak against it) and ``unknown`` (with the question to ask).

    *grounds* are what carried it in the index: of the offers it resembles the name and product of each, told where
    need and offer have no word in common.
    """
    wishes = list(granted(need, offer, day))
    return {
        "why": [
            *_of_words(need, offer),
            *_of_graph(need, offer, grounds),
            *_of_place(need, offer),
            *_held(need, offer, answers, day),
            *({"kind": "wish", "what": one["what"]} for code, one in wishes if code == YES),
            *_past(offer),
        ],
        "against": [
            *({"kind": "wish", "what": one["what"]} for code, one in wishes if code == NO),
            *_against(need, offer),
        ],
        "unknown": [
            *(said(name, code, need, offer, day) for name, code in answers.items() if code == UNKNOWN),
            *(one | {"wish": True} for code, one in wishes if code == UNKNOWN),
        ],
    }


def refused(need: Row, offer: Row, answers: dict[str, int], day: Day) -> list[dict[str, Any]]:
    """The constraints that do not hold, in words."""
    return [said(name, code, need, offer, day) for name, code in answers.items() if code == NO]


def _of_words(need: Row, offer: Row) -> Iterator[dict[str, Any]]:
    shared = common(words_of(need, "needs"), words_of(offer, "offers"))
    product = offer["product"] or offer["title"]
    if product:
        where = {"published": _("企业自己发布"), "registry": _("库内登记的产品")}[offer["source"]]
        yield {"kind": "product", "what": _("产品：{product}（{where}）", product=product, where=where)}
    if shared:
        yield {"kind": "words", "what": _("供需都写到：{words}", words=joined(shared[:_MOST])), "words": shared}


def _of_graph(need: Row, offer: Row, grounds: Carried) -> Iterator[dict[str, Any]]:
    for one in grounds.path:
        ends = {"product": one["product"], "material": one["material"]}
        made_of = _("{product} ← 用到 ← {material}（企业的产品）", **ends)
        goes_into = _("{material} → 用于 → {product}（企业的产品）", **ends)
        yield {"kind": "path", "what": made_of if one["way"] == "made_of" else goes_into}
    if grounds.alike and not common(words_of(need, "needs"), words_of(offer, "offers")):
        like = joined((_("{name}（{product}）", **one) for one in grounds.alike), "；")
        yield {"kind": "alike", "what": _("产品和行业与最接近所求的企业相近：{like}", like=like)}


def _of_place(need: Row, offer: Row) -> Iterator[dict[str, Any]]:
    for name, label in (("segment", _("环节")), ("chain", _("产业链"))):
        if need[name] and need[name] == offer[name]:
            yield {"kind": name, "what": _("同一{label}：{value}", label=label, value=need[name])}


def _held(need: Row, offer: Row, answers: dict[str, int], day: Day) -> Iterator[dict[str, Any]]:
    for name, one in constraints().items():
        if one.told and answers.get(name, UNASKED) == YES:
            yield {"kind": name, "what": said(name, YES, need, offer, day)["what"]}


def _past(offer: Row) -> Iterator[dict[str, Any]]:
    if offer["past"]:
        yield {"kind": "past", "what": _("企业自述的合作案例：{past}", past=offer["past"])}


def _against(need: Row, offer: Row) -> Iterator[dict[str, Any]]:
    said = words_of(offer, "offers")
    missing = _telling(part for thing in things(need) for part in absent(thing, said))
    if missing:
        told = _("需求写了而供给没有写：{words}", words=joined(missing[:_MOST]))
        yield {"kind": "words", "what": told, "words": missing}
    if need["segment"] and offer["segment"] and need["segment"] != offer["segment"]:
        told = _("环节不同：需求在{need}，供给在{offer}", need=need["segment"], offer=offer["segment"])
        yield {"kind": "segment", "what": told}
    if offer["source"] == "registry":
        yield {"kind": "source", "what": _("企业没有发布供给，由登记的产品推得")}


def common(one: str, other: str) -> list[str]:
    """The longest stretches of *one* that *other* holds too: words of letters whole, Chinese from two characters on."""
    found: list[str] = []
    for word in _WORDS.findall(one):
        found += _stretches(word, other)
    return _telling(found)


def absent(one: str, other: str) -> list[str]:
    """What is left of the words of *one* without the stretches that *other* holds."""
    left: list[str] = []
    for word in _WORDS.findall(one):
        rest = word
        for stretch in _stretches(word, other):
            rest = rest.replace(stretch, " ")
        left += [part for part in rest.split() if len(part) > 1]
    return _telling(left)


def _stretches(word: str, other: str) -> list[str]:
    if word[0] < "\u4e00":
        return [word] if word.casefold() in other.casefold() else []
    found, at = [], 0
    while at < len(word) - 1:
        end = next((end for end in range(len(word), at + 1, -1) if word[at:end] in other), at)
        found += [word[at:end]] if end > at else []
        at = max(end, at + 1)
    return found


def _telling(items: Any) -> list[str]:
    kept = dict.fromkeys(one for one in items if one not in words().empty)
    return [one for one in kept if not any(one != other and one in other for other in kept)]
