"""Which firms could answer a need, and why: the one place where introductions ask for suggestions.

What a need requires is judged by the engine, in three values and in its words. What is said of a firm is read as the
public reads it, because both sides and officers will read it too; what follows from the private half of the need is
marked, and told to those alone who read that half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

import pyarrow as pa

from rongtong import i18n, match
from rongtong.i18n import _
from rongtong.match.constraints import NO, said
from rongtong.match.evidence import NONE, evidence
from rongtong.match.holds import Day
from rongtong.match.schema import OFFERS
from rongtong.portal.days import today
from rongtong.portal.introductions import finding, hits, judging, rows
from rongtong.portal.introductions.hits import Hit
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.queries import all_switched_off
from rongtong.portal.introductions.reasons import Reason, Says, Suggestion, for_others
from rongtong.portal.introductions.rows import Row
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.current import leading_to
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id
from rongtong.portal.registry.rules import firm_of

How = Literal["index", "words", "updating", "meanwhile", "off"]
#: So many firms are shown at once.
MOST = 10
#: A firm with so many introductions under way is told to be busy.
BUSY = 3
#: What an engine's piece of evidence says.
SAYS: dict[str, Says] = {"why": "for", "against": "against", "refused": "against", "unknown": "unknown"}


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


def wants_none(need: Posting) -> bool:
    """Whether the need's own firm has switched personalised matching off: then nothing is suggested to it."""
    return firm_of(need) in all_switched_off()


def _suggested(need: Posting, among: Collection[str] | None) -> list[Suggestion]:
    introduced = by_id(need.introductions.values_list("firm", flat=True))
    out = {one.id for one in introduced.values()} | all_switched_off() | judging.avoiding(need) | {firm_of(need)}
    found = [one for one in hits.with_past(need, hits.found(need)) if one.offer["firm"] not in out]
    chosen = _allowed(need, [one for one in found if among is None or one.offer["firm"] in among])
    firms = by_id(hit.offer["firm"] for hit in chosen)
    return judged(need, [(hit, firms[hit.offer["firm"]]) for hit in chosen if hit.offer["firm"] in firms])


def _allowed(need: Posting, found: list[Hit]) -> list[Hit]:
    """Those of *found* that no constraint rules out, of which most is known to hold first.

    What the index found was judged when it was found.
    """
    fresh = {hit.offer["offer"]: hit for hit in found if hit.answers is None}
    told = judging.candidates(rows.need_of(need), *_tables(need, list(fresh.values()))) if fresh else []
    allowed = [replace(fresh[one["offer"]], **hits.judgement(one)) for one in told]
    return sorted([*(hit for hit in found if hit.answers is not None), *allowed], key=lambda hit: -hit.likely)


def _tables(need: Posting, found: list[Hit]) -> tuple[pa.Table, pa.Table]:
    """*found* as the engine takes it: offers, and how well each answers."""
    well = [{"need": str(need.pk), "offer": one.offer["offer"], "score": one.score, "relevance": one.relevance}
            for one in found]  # fmt: skip
    return pa.Table.from_pylist([one.offer for one in found], OFFERS), pa.Table.from_pylist(well, judging.FOUND)


def known(need: Posting, firm: Firm) -> tuple[bool, list[dict[str, str]]]:
    """Whether the engine itself suggests *firm* for *need*; and what is known of it as an answer, whoever thought of
    it: for both sides to read."""
    for one in for_others(suggest(need, {firm.id})):
        return True, one.as_data()
    with i18n.using(i18n.SOURCE):
        offers = hits.offers_of([firm.id])
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


def judged(need: Posting, found: list[tuple[Hit, Firm]]) -> list[Suggestion]:
    """Each firm with all that is known of it: what was found, what the need requires and wishes for, what it has to do
    already. What its offer keeps private is asked about as if nobody knew."""
    seen = [(replace(hit, offer=rows.disclosed(hit.offer)), firm) for hit, firm in found]
    row, busy = rows.need_of(need), under_way({firm.id for _hit, firm in seen})
    fresh = iter(judging.answers(row, [hit.offer for hit, _firm in seen if hit.answers is None]))
    secret, told = judging.secrets_of(need), [(hit, firm, hit.answers or next(fresh)) for hit, firm in seen]
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
