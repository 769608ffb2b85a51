"""Offers that may answer a need: found by the index, meanwhile by words, and those that answered one like it before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.candidates import answers_of
from rongtong.match.evidence import Carried
from rongtong.portal.introductions import finding, judging, rows
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.reasons import Reason
from rongtong.portal.introductions.rows import Row
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.queries import SIMILAR, like
from rongtong.portal.registry import current
from rongtong.portal.registry.queries import followed
from rongtong.portal.registry.rules import firm_of

#: A need of the past, and the offer that solved it, may be told of when everybody here could see them.
SHOWN = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
#: So many firms of each word are looked at.
LOOKED_AT = 30
#: The shortest end of a title that still names a product.
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """An offer that may answer: how well, what carried it, and what is known to speak for its firm besides.

    *answers* are those of the constraints, where they are known, and *likely* says how likely the open ones hold.
    """

    offer: Row
    score: float
    relevance: float
    grounds: Carried | None = None
    reasons: tuple[Reason, ...] = ()
    answers: dict[str, int] | None = None
    likely: float = 0


def found(need: Posting) -> list[Hit]:
    """Offers that answer the need, the best first: what the index found, else firms found by words meanwhile."""
    kept = finding.found(need)
    return _worded(need) if kept is None else list(map(_kept, kept.firms))


def _kept(one: Row) -> Hit:
    """What the index found, as it is kept."""
    grounds = Carried(one["path"], one["alike"])
    return Hit(rows.revived(one["offer"]), one["score"], one["relevance"], grounds, **judgement(one))


def _worded(need: Posting) -> list[Hit]:
    """Firms that make what the need asks for by name, those of most of its products first."""
    told: dict[str, list[Reason]] = {}
    for word in [str(one).strip() for one in need.products if str(one).strip()] or [need.title]:
        for firm, why in by_word(word):
            told.setdefault(firm, []).append(Reason("for", "product", why))
    first = sorted(told, key=lambda one: -len(told[one]))[:LOOKED_AT]
    offers = offers_of(first)
    return [Hit(offers[one], 1 / n, 1, reasons=tuple(told[one])) for n, one in enumerate(first, 1) if one in offers]


def judgement(candidate: Row) -> dict[str, Any]:
    """What is kept of a judged *candidate*."""
    return {"answers": answers_of(candidate), "likely": judging.likely(candidate)}


def by_word(word: str) -> Iterator[tuple[str, str]]:
    """Firms that make *word*, else what its end names: the last characters of a Chinese product say what it is."""
    try:
        index = current.index()
    except InputError:
        return
    for start in range(max(len(word) - SHORTEST, 0) + 1):
        end = word[start:]
        if hits := index.search(end, limit=LOOKED_AT).firms:
            for one in hits:
                yield one.firm, one.why or _("企业名称含“{word}”", word=end)
            return


def with_past(need: Posting, hits: list[Hit]) -> list[Hit]:
    """*hits*, and who solved a need like this one: told to everybody where everybody could see both the need and who
    offered, of the firm's own needs to the firm alone."""
    solved = Introduction.objects.won().exclude(need=need)
    to_all = Q(need__visibility__in=SHOWN, offer__visibility__in=SHOWN, offer__named=True)
    told = solved.filter(Q(need__firm=need.firm) | to_all)
    known = set(told.filter(to_all).values_list("pk", flat=True))
    past: dict[str, list[Reason]] = {}
    every = told.select_related("need").order_by("pk")
    for one in followed(one for one in every if like(need.title, need.products, [one.need], SIMILAR)):
        what = _("解决过相似的需求：{title}", title=one.need.title)
        why = Reason("for", "past", what, private=one.pk not in known)
        past.setdefault(firm_of(one), []).append(why)
    offers = offers_of(past.keys() - {hit.offer["firm"] for hit in hits})
    return [
        *(replace(hit, reasons=(*hit.reasons, *past.get(hit.offer["firm"], ()))) for hit in hits),
        *(Hit(row, 0, 1, reasons=tuple(past[firm])) for firm, row in offers.items()),
    ]


def offers_of(firms: Iterable[str]) -> dict[str, Row]:
    """One offer of each of *firms*: the first that it makes, else what is known of the firm."""
    wanted = set(firms)
    if not wanted:
        return {}
    offered = {row["firm"]: row for row in reversed(rows.offers_of(wanted).to_pylist())}
    return offered | rows.known_of(wanted - offered.keys())
