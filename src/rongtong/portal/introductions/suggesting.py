"""Which firms could answer a need, and why: the one place where introductions ask for suggestions.

What a need requires is judged by the engine, in three values and in its words. What is said of a firm is read as the
public reads it, because both sides and officers will read it too; what follows from the private half of the need is
marked, and told to those alone who read that half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import pyarrow as pa
from django.db.models import Q

from rongtong import i18n, match
from rongtong.definitions.retelling import retold
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.candidates import answers_of
from rongtong.match.constraints import NO, said
from rongtong.match.evidence import NONE, Carried, evidence
from rongtong.match.holds import Day
from rongtong.match.schema import OFFERS
from rongtong.portal.days import today
from rongtong.portal.introductions import finding, judging, rows
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.progress import grouped
from rongtong.portal.introductions.queries import all_switched_off
from rongtong.portal.introductions.rows import Row
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.queries import SIMILAR, like
from rongtong.portal.registry import current
from rongtong.portal.registry.current import leading_to
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, followed
from rongtong.portal.registry.rules import firm_of

Says = Literal["for", "against", "unknown"]
How = Literal["index", "words", "updating", "meanwhile", "off"]
#: A need of the past, and the offer that solved it, may be told of when everybody here could see them.
SHOWN = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
#: So many firms of each word are looked at, and so many are shown at once.
LOOKED_AT, MOST = 30, 10
#: The shortest end of a title that still names a product.
SHORTEST = 2
#: A firm with so many introductions under way is told to be busy.
BUSY = 3
#: What an engine's piece of evidence says.
SAYS: dict[str, Says] = {"why": "for", "against": "against", "refused": "against", "unknown": "unknown"}


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a firm or against it, or is not known, with what to ask it; *private* is told to those
    alone who read the private half of the need."""

    says: Says
    kind: str
    text: str
    question: str = ""
    private: bool = False

    def as_data(self) -> dict[str, str]:
        """As an introduction keeps it."""
        kept = {"says": self.says, "kind": self.kind, "text": self.text}
        return kept | ({"question": self.question} if self.question else {})


@dataclass(frozen=True)
class Suggestion:
    """A firm and why it is suggested."""

    firm: Firm
    reasons: tuple[Reason, ...]

    def public(self) -> Suggestion:
        """The same for those who do not read the private half."""
        return replace(self, reasons=tuple(one for one in self.reasons if not one.private))

    def as_data(self) -> list[dict[str, str]]:
        """The reasons as an introduction keeps them, for both sides to read."""
        return [one.as_data() for one in self.public().reasons]

    @property
    def speaks_for(self) -> bool:
        """Whether something speaks for the firm."""
        return any(one.says == "for" for one in self.reasons)

    @property
    def grouped(self) -> list[tuple[str, list[dict[str, str]]]]:
        """The same by what they say."""
        return grouped([one.as_data() for one in self.reasons])

    def told(self, says: Says) -> str:
        """The reasons that say that, in one line."""
        return "；".join(retold(one.text) for one in self.reasons if one.says == says)


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


def suggest(need: Posting, among: Collection[str] | None = None) -> list[Suggestion]:
    """Firms (*among* those of these ids) that could answer *need*, the best first; here the engine is asked.

    Left out: the need's own firm, firms introduced to it already, firms that switched personalised matching off or
    want not to meet the need's firm, and firms that miss what the need requires. What nobody knows of a firm is said,
    and leaves it in, after those of which it is known.

    Reasons are kept for readers of either language: in Chinese, and told again where they are shown.
    """
    if wants_none(need):
        return []
    with i18n.using(i18n.SOURCE):
        return _suggested(need, among)


def for_others(found: Iterable[Suggestion]) -> list[Suggestion]:
    """*found* for those who do not read the private half: whom nothing else speaks for is left out."""
    shown = [(one, one.public()) for one in found]
    return [told for one, told in shown if told.speaks_for or not one.speaks_for]


def wants_none(need: Posting) -> bool:
    """Whether the need's own firm has switched personalised matching off: then nothing is suggested to it."""
    return firm_of(need) in all_switched_off()


def _suggested(need: Posting, among: Collection[str] | None) -> list[Suggestion]:
    introduced = by_id(need.introductions.values_list("firm", flat=True))
    out = {one.id for one in introduced.values()} | all_switched_off() | judging.avoiding(need) | {firm_of(need)}
    hits = [one for one in _past(need, _found(need)) if one.offer["firm"] not in out]
    chosen = _allowed(need, [one for one in hits if among is None or one.offer["firm"] in among])
    firms = by_id(hit.offer["firm"] for hit in chosen)
    return judged(need, [(hit, firms[hit.offer["firm"]]) for hit in chosen if hit.offer["firm"] in firms])


def _allowed(need: Posting, hits: list[Hit]) -> list[Hit]:
    """Those of *hits* that no constraint rules out, of which most is known to hold first.

    What the index found was judged when it was found.
    """
    fresh = {hit.offer["offer"]: hit for hit in hits if hit.answers is None}
    told = judging.candidates(rows.need_of(need), *_tables(need, list(fresh.values()))) if fresh else []
    allowed = [replace(fresh[one["offer"]], **_judgement(one)) for one in told]
    return sorted([*(hit for hit in hits if hit.answers is not None), *allowed], key=lambda hit: -hit.likely)


def _judgement(candidate: Row) -> dict[str, Any]:
    """What is kept of a judged *candidate*."""
    return {"answers": answers_of(candidate), "likely": judging.likely(candidate)}


def _tables(need: Posting, hits: list[Hit]) -> tuple[pa.Table, pa.Table]:
    """*hits* as the engine takes what was found: offers, and how well each answers."""
    found = [{"need": str(need.pk), "offer": one.offer["offer"], "score": one.score, "relevance": one.relevance}
             for one in hits]  # fmt: skip  # read by rows
    return pa.Table.from_pylist([one.offer for one in hits], OFFERS), pa.Table.from_pylist(found, judging.FOUND)


def known(need: Posting, firm: Firm) -> tuple[bool, list[dict[str, str]]]:
    """Whether the engine itself suggests *firm* for *need*; and what is known of it as an answer, whoever thought of
    it: for both sides to read."""
    for one in for_others(suggest(need, {firm.id})):
        return True, one.as_data()
    with i18n.using(i18n.SOURCE):
        offers = _offers([firm.id])
        told = judged(need, [(Hit(one, 0, 0), firm) for one in offers.values()])
    return False, [reason for one in told for reason in one.as_data()]


def how(need: Posting) -> How:
    """What finds firms for *need* now: the index, words alone where no model is, the index of before while the market
    of today is looked through, words meanwhile, or nothing."""
    if wants_none(need):
        return "off"
    kept = finding.found(need)
    if kept is None:
        return "meanwhile"
    return "updating" if not finding.up_to_date(kept) else "words" if match.by_words(kept.model) else "index"


def _found(need: Posting) -> list[Hit]:
    """Offers that answer the need, the best first: what the index found, else firms found by words meanwhile."""
    kept = finding.found(need)
    if kept is not None:
        return [
            Hit(
                rows.revived(one["offer"]),
                one["score"],
                one["relevance"],
                Carried(one["path"], one["alike"]),
                **_judgement(one),
            )
            for one in kept.firms
        ]
    told: dict[str, list[Reason]] = {}
    for word in [str(one).strip() for one in need.products if str(one).strip()] or [need.title]:
        for firm, why in _hits(word):
            told.setdefault(firm, []).append(Reason("for", "product", why))
    first = sorted(told, key=lambda one: -len(told[one]))[:LOOKED_AT]
    offers = _offers(first)
    return [Hit(offers[one], 1 / n, 1, reasons=tuple(told[one])) for n, one in enumerate(first, 1) if one in offers]


def _past(need: Posting, hits: list[Hit]) -> list[Hit]:
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
    offers = _offers(past.keys() - {hit.offer["firm"] for hit in hits})
    return [
        *(replace(hit, reasons=(*hit.reasons, *past.get(hit.offer["firm"], ()))) for hit in hits),
        *(Hit(row, 0, 1, reasons=tuple(past[firm])) for firm, row in offers.items()),
    ]


def _offers(firms: Iterable[str]) -> dict[str, Row]:
    """One offer of each of *firms*: the first that it makes, else what is known of the firm."""
    wanted = set(firms)
    if not wanted:
        return {}
    offered = {row["firm"]: row for row in reversed(rows.offers_of(wanted).to_pylist())}
    return offered | rows.known_of(wanted - offered.keys())


def _hits(word: str) -> Iterator[tuple[str, str]]:
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


def judged(need: Posting, hits: list[tuple[Hit, Firm]]) -> list[Suggestion]:
    """Each firm with all that is known of it: what was found, what the need requires and wishes for, what it has to do
    already. What its offer keeps private is asked about as if nobody knew."""
    hits = [(replace(hit, offer=rows.disclosed(hit.offer)), firm) for hit, firm in hits]
    row, busy = rows.need_of(need), under_way({firm.id for _hit, firm in hits})
    fresh = iter(judging.answers(row, [hit.offer for hit, _firm in hits if hit.answers is None]))
    secret, told = judging.secrets_of(need), [(hit, firm, hit.answers or next(fresh)) for hit, firm in hits]
    return [
        Suggestion(firm, (*hit.reasons, *_evident(row, hit, answers, secret), *_load(busy.get(firm.id, 0))))
        for hit, firm, answers in told
    ]


def _evident(row: Row, hit: Hit, answers: dict[str, int], secret: frozenset[str]) -> Iterator[Reason]:
    """What the engine has to say of a hit, in its words; of one that it did not find itself what is required alone."""
    day = Day(today())
    told = evidence(row, hit.offer, answers, day, hit.grounds or NONE)
    refused = [said(name, code, row, hit.offer, day) for name, code in answers.items() if code == NO]
    for says, one in ((SAYS[says], one) for says, own in (told | {"refused": refused}).items() for one in own):
        kind = "wish" if one.get("wish") else one.get("constraint") or one["kind"]
        if hit.grounds or kind in answers or kind == "wish":
            yield Reason(says, kind, one["what"], one.get("question", ""), kind in secret)


def _load(under_way: int) -> list[Reason]:
    return [Reason("against", "load", _("已有 {n} 条对接在办", n=under_way))] if under_way >= BUSY else []


def under_way(firms: Collection[str]) -> dict[str, int]:
    """How many introductions of each of *firms*, told by today's ids, are under way, whatever id was given."""
    now = leading_to(firms)
    made = Introduction.objects.under_way().filter(firm__in=now).values_list("firm", flat=True)
    return dict(Counter(now[one] for one in made))
