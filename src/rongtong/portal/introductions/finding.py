"""What the index finds for needs, worked out in the background and kept: pages read it and never wait for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa
from django.conf import settings

from rongtong import match
from rongtong.match.evidence import Grounds, evidence
from rongtong.match.holds import Day
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.portal.days import today
from rongtong.portal.introductions.models import Finding
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Current, Firm
from rongtong.portal.registry.queries import by_id

#: So many offers are looked at for a need, and so many firms kept.
LOOKED_AT, KEPT = 300, 30
#: Of the offers of one firm so many are told.
TOLD = 2
PAIRS = pa.schema([("need", pa.string()), ("offer", pa.string())])
#: What an engine's piece of evidence is called as a reason.
SAYS = {"why": "for", "against": "against"}


def found(need: Posting) -> Finding | None:
    """What was found for *need* as it stands now; None until it has been worked out."""
    kept = Finding.objects.filter(pk=need.pk).first()
    return kept if kept and kept.basis == basis(need, market()) else None


def waiting() -> list[Posting]:
    """Open needs for which nothing was found yet as they and the market stand now."""
    if not Current.objects.exists():
        return []
    there, kept = market(), dict(Finding.objects.values_list("pk", "basis"))
    needs = Posting.objects.filter(side=Posting.Side.NEED, state="open", expires_on__gte=today()).order_by("pk")
    return [one for one in needs if kept.get(one.pk) != basis(one, there)]


def market() -> str:
    """What needs are answered from, by digest: the snapshot that pages show, and offers that show their name."""
    return _digest([Current.objects.values_list("snapshot", flat=True).first(), *map(_said, _published())])


def basis(need: Posting, there: str) -> str:
    """What a finding follows from, by digest: the need's words and the market."""
    return _digest([there, *_said(need)])


def find(needs: Iterable[Posting]) -> int:
    """Find firms for *needs* and keep them; for how many."""
    there = market()
    index, offers = _index(there)
    asked = list(needs)
    for one in asked:
        made = {"basis": basis(one, there), "model": index.model, "firms": list(_answers(one, index, offers))}
        Finding.objects.update_or_create(posting=one, defaults=made)
    return len(asked)


@lru_cache(maxsize=1)
def _index(_market: str) -> tuple[match.Retriever, dict[str, dict[str, Any]]]:
    """The index of the market of that digest, and its offers."""
    known = match.offers_of(current.snapshot(), today())
    published = list(_published())
    firms = by_id(one.firm for one in published)
    told = pa.Table.from_pylist([_offer(one, firms[one.firm]) for one in published if one.firm in firms], schema=OFFERS)
    offers = pa.concat_tables([known, told])
    return match.usual(settings.HOME / match.VECTORS)(offers), {row["offer"]: row for row in offers.to_pylist()}


def _published() -> Iterable[Posting]:
    """Open offers that show their firm's name to whoever is signed in: no other may be told of."""
    shown = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
    open_ = Posting.objects.filter(side=Posting.Side.OFFER, state="open", expires_on__gte=today())
    return open_.filter(named=True, visibility__in=shown).order_by("pk")


def _offer(one: Posting, firm: Firm) -> dict[str, Any]:
    return _words(one) | {"offer": f"posting.{one.pk}", "firm": firm.id, "name": firm.name, "source": "published"}


def _words(one: Posting) -> dict[str, Any]:
    """The words of a public half, as the engine reads them."""
    products = "、".join(map(str, one.products))
    return {"title": one.title, "product": products or None, "text": one.text, "segment": one.segment or None}


def _answers(need: Posting, index: match.Retriever, offers: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The firms that may answer, the best first, each with why."""
    row = dict.fromkeys(NEEDS.names) | _words(need) | {"need": str(need.pk)}
    asked = match.asked(pa.Table.from_pylist([row], schema=NEEDS))
    hits = index.search(asked, top=LOOKED_AT)
    told = [hits[name].to_pylist() for name in ("offer", "relevance")]
    likely = [offer for offer, relevance in zip(*told, strict=True) if relevance >= match.LEAST]
    by_firm: dict[str, list[str]] = {}
    for offer in likely:
        by_firm.setdefault(offers[offer]["firm"], []).append(offer)
    kept = {firm: own[:TOLD] for firm, own in list(by_firm.items())[:KEPT]}
    pairs = [{"need": row["need"], "offer": offer} for own in kept.values() for offer in own]
    carried = iter(index.grounds(asked, pa.Table.from_pylist(pairs, schema=PAIRS)).to_pylist())
    for firm, own in kept.items():
        reasons = [one for offer in own for one in _reasons(row, offers[offer], next(carried), offers)]
        yield {"firm": firm, "reasons": list({one["text"]: one for one in reasons}.values())}


def _reasons(
    need: dict[str, Any], offer: dict[str, Any], carried: dict[str, Any], offers: dict[str, dict[str, Any]]
) -> Iterator[dict[str, str]]:
    """What of *offer* speaks for its firm and against it; what the need requires is judged elsewhere."""
    like = [
        {"name": own["name"], "product": own["product"] or own["title"]}
        for own in map(offers.__getitem__, carried["alike"])
    ]
    told = evidence(need, offer, {}, Day(today()), Grounds(carried["path"], like))
    for name, says in SAYS.items():
        yield from ({"says": says, "kind": one["kind"], "text": one["what"]} for one in told[name])


def _said(one: Posting) -> list[Any]:
    return [one.pk, one.title, one.text, one.segment, *one.products]


def _digest(told: list[Any]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
