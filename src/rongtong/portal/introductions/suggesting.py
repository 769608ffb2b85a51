"""Which firms could answer a need, and why: the one place where introductions ask for suggestions.

What is said of a firm is read as the public reads it, because both sides and officers will read it too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from django.db.models import Q

from rongtong import i18n, match
from rongtong.definitions.retelling import retold
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.introductions import finding
from rongtong.portal.introductions.models import Introduction, flow
from rongtong.portal.introductions.progress import grouped
from rongtong.portal.introductions.queries import all_switched_off
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.queries import SIMILAR, like
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id, districts
from rongtong.portal.registry.rules import firm_of

Says = Literal["for", "against", "unknown"]
How = Literal["index", "words", "meanwhile", "off"]
#: A need of the past may be told of when everybody here could see it.
SHOWN = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
#: So many firms of each word are looked at, and so many suggested.
LOOKED_AT, MOST = 30, 10
#: The shortest end of a title that still names a product.
SHORTEST = 2
#: A firm with so many introductions under way is told to be busy.
BUSY = 3


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a firm or against it, or is not known and to be asked."""

    says: Says
    kind: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """A firm and why it is suggested."""

    firm: Firm
    reasons: tuple[Reason, ...]

    def as_data(self) -> list[dict[str, str]]:
        """The reasons as an introduction keeps them."""
        return [asdict(one) for one in self.reasons]

    @property
    def grouped(self) -> list[tuple[str, list[dict[str, str]]]]:
        """The same by what they say."""
        return grouped(self.as_data())

    def told(self, says: Says) -> str:
        """The reasons that say that, in one line."""
        return "；".join(retold(one.text) for one in self.reasons if one.says == says)

    def saying(self, says: Says) -> int:
        """How many of the reasons say that."""
        return sum(one.says == says for one in self.reasons)


def suggest(need: Posting) -> list[Suggestion]:
    """Firms that could answer *need*, the best first; here the engine is asked.

    Left out: the need's own firm, firms introduced to it already, firms that switched personalised matching off, and
    firms that miss what the need requires. What nobody knows of a firm is said, and leaves it in.

    Reasons are kept for readers of either language: in Chinese, and told again where they are shown.
    """
    if wants_none(need):
        return []
    with i18n.using(i18n.SOURCE):
        return _suggested(need)


def wants_none(need: Posting) -> bool:
    """Whether the need's own firm has switched personalised matching off: then nothing is suggested to it."""
    return firm_of(need) in all_switched_off()


def _suggested(need: Posting) -> list[Suggestion]:
    introduced = set(by_id(need.introductions.values_list("firm", flat=True)))
    out = {firm_of(one) for one in introduced} | all_switched_off() | {firm_of(need)}
    made = _past(need, _made(need))
    firms = by_id(one for one in made if one not in out)
    busy = _busy(firms)
    found = [_judged(need, firm, made[one], busy.get(one, 0)) for one, firm in firms.items()]
    return [one for one in found if one is not None][:MOST]


def reasons_of(need: Posting, firm: Firm) -> list[dict[str, str]]:
    """Why *firm* is suggested for *need*; nothing when it is not."""
    return next((one.as_data() for one in suggest(need) if one.firm.id == firm.id), [])


def how(need: Posting) -> How:
    """What finds firms for *need* now: the index, words alone where no model is, words meanwhile, or nothing."""
    if wants_none(need):
        return "off"
    kept = finding.found(need)
    return "meanwhile" if kept is None else "words" if match.by_words(kept.model) else "index"


def _made(need: Posting) -> dict[str, list[Reason]]:
    """Firms found by what they make, the best first, each with what of it answers the need."""
    kept = finding.found(need)
    if kept is not None:
        return {one["firm"]: [Reason(**told) for told in one["reasons"]] for one in kept.firms}
    found: dict[str, list[Reason]] = {}
    for word in [str(one).strip() for one in need.products if str(one).strip()] or [need.title]:
        for firm, why in _hits(word):
            found.setdefault(firm, []).append(Reason("for", "product", why))
    return dict(sorted(found.items(), key=lambda one: -len(one[1]))[:LOOKED_AT])


def _past(need: Posting, made: dict[str, list[Reason]]) -> dict[str, list[Reason]]:
    """*made*, and who solved a need like this one, as far as that may be told: of the firm's own needs, or by an offer
    that shows its name."""
    solved = Introduction.objects.filter(state__in=("contracted", "completed")).exclude(need=need)
    told = solved.filter(Q(need__firm=need.firm) | Q(offer__named=True, need__visibility__in=SHOWN))
    for one in told.select_related("need").order_by("pk"):
        if like(need.title, need.products, Posting.objects.filter(pk=one.need_id), SIMILAR):
            why = Reason("for", "past", _("解决过相似的需求：{title}", title=one.need.title))
            made.setdefault(firm_of(one.firm), []).append(why)
    return made


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


def _judged(need: Posting, firm: Firm, made: list[Reason], under_way: int) -> Suggestion | None:
    """*firm* with all that is known of it; None when it misses a requirement."""
    required = [*_places(need, firm), *_titles(need, firm), *_certificates(need)]
    if any(one.says == "against" for one in required):
        return None
    busy = [Reason("against", "load", _("已有 {n} 条对接在办", n=under_way))] if under_way >= BUSY else []
    return Suggestion(firm, (*made, *required, *busy))


def _places(need: Posting, firm: Firm) -> Iterator[Reason]:
    if not need.regions:
        return
    wanted = "、".join(need.regions)
    if firm.district in need.regions:
        yield Reason("for", "region", _("所在区市：{district}", district=firm.district))
    elif firm.district and {*need.regions} <= {*districts()}:
        yield Reason("against", "region", firm.district)
    else:
        yield Reason("unknown", "region", _("是否在要求的地区（{wanted}），请向企业核实", wanted=wanted))


def _titles(need: Posting, firm: Firm) -> Iterator[Reason]:
    held: dict[str, datetime.date] = {}
    for one in door.records(None, firm) if need.titles else ():
        if one.list == "titles" and one.attributes.get("kind"):
            kind, until = one.attributes["kind"], one.attributes.get("valid_until") or datetime.date.max
            held[kind] = max(until, held.get(kind, until))
    for kind in need.titles:
        if kind not in held:
            yield Reason("unknown", "title", _("是否持有“{kind}”，请向企业核实", kind=kind))
        elif held[kind] < today():
            yield Reason("against", "title", kind)
        else:
            yield Reason("for", "title", _("持有“{kind}”", kind=kind))


def _certificates(need: Posting) -> Iterator[Reason]:
    for name in need.certificates:
        yield Reason("unknown", "certificate", _("是否有“{name}”认证，请向企业核实", name=name))


def _busy(firms: Iterable[str]) -> dict[str, int]:
    """How many introductions of each firm are under way."""
    ends = [one.id for one in flow().states if one.end]
    under_way = Introduction.objects.filter(firm__in=firms).exclude(state__in=[*ends, "contracted"])
    counts: dict[str, int] = {}
    for firm in under_way.values_list("firm", flat=True):
        counts[firm] = counts.get(firm, 0) + 1
    return counts
