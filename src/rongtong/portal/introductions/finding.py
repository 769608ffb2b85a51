"""What the index finds for needs, worked out in the background and kept: pages read it and never wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from rongtong import match
from rongtong.match.holds import CONSTRAINTS
from rongtong.match.run import CHOICES
from rongtong.portal.days import today
from rongtong.portal.introductions import market
from rongtong.portal.introductions.models import Finding
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Current

#: What a finding keeps of a candidate besides its offer and what carried it.
TOLD = ("score", "relevance", "success", *CONSTRAINTS)
#: The last index of each alliance, from which the next is made: between two days few offers change.
_before: dict[str, match.Retriever] = {}
PAIRS = pa.schema([("need", pa.string()), ("offer", pa.string())])


def found(need: Posting) -> Finding | None:
    """What was found for *need* as it stands now; None until it has been worked out."""
    kept = Finding.objects.filter(pk=need.pk).first()
    return kept if kept and kept.basis == basis(need, market.digest()) else None


def waiting() -> list[Posting]:
    """Open needs for which nothing was found yet as they and the market stand now."""
    if not Current.objects.exists():
        return []
    there, kept = market.digest(), dict(Finding.objects.values_list("pk", "basis"))
    needs = Posting.objects.filter(side=Posting.Side.NEED, state="open", expires_on__gte=today()).order_by("pk")
    return [one for one in needs.select_related("private_half") if kept.get(one.pk) != basis(one, there)]


def basis(need: Posting, there: str) -> str:
    """What a finding follows from, by digest: the need, and the market *there*."""
    return market.digest_of([there, *TOLD, *market.need_of(need).values()])


def find(needs: Iterable[Posting]) -> int:
    """Find firms for *needs* and keep them; for how many."""
    there = market.digest()
    index, offers = _index(there)
    asked = list(needs)
    for one in asked:
        made = {"basis": basis(one, there), "model": index.model, "firms": list(_answers(one, index, offers))}
        Finding.objects.update_or_create(posting=one, defaults=made)
    return len(asked)


@lru_cache(maxsize=1)
def _index(_market: str) -> tuple[match.Retriever, pa.Table]:
    """The index of the market of that digest, and its offers."""
    offers, home = market.offers(), str(settings.HOME)
    made = match.usual(settings.HOME / match.VECTORS, _before.get(home))(offers)
    _before[home] = made
    return made, offers


def _answers(need: Posting, index: match.Retriever, offers: pa.Table) -> Iterator[dict[str, Any]]:
    """The firms that may answer, the best first: the offer, how well it answers, and what carried it."""
    row = market.need_of(need)
    asked = match.asked(market.table_of(row))
    hits = index.search(asked, top=CHOICES.top).select(market.FOUND.names)
    chosen = market.candidates(row, _rows(offers, hits["offer"]), hits)[: CHOICES.keep]
    pairs = pa.Table.from_pylist([{name: one[name] for name in PAIRS.names} for one in chosen], schema=PAIRS)
    grounds = index.grounds(asked, pairs).to_pylist()
    alike = pa.array({one for ground in grounds for one in ground["alike"]}, pa.string())
    named = {one["offer"]: one for one in _rows(offers, alike).to_pylist()}
    own = {one["offer"]: one for one in _rows(offers, pairs["offer"]).to_pylist()}
    for one, ground in zip(chosen, grounds, strict=True):
        like = [
            {"name": named[a]["name"], "product": named[a]["product"] or named[a]["title"]} for a in ground["alike"]
        ]
        told = {name: one[name] for name in TOLD} | {"path": ground["path"], "alike": like}
        yield {"offer": market.kept(own[one["offer"]])} | told


def _rows(offers: pa.Table, ids: Any) -> pa.Table:
    return offers.filter(pc.is_in(offers["offer"], pa.array(ids, pa.string()) if isinstance(ids, list) else ids))
