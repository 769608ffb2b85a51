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
from rongtong.portal.introductions import judging, rows
from rongtong.portal.introductions.models import Finding
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Current

#: What a finding keeps of a candidate besides its offer and what carried it.
TOLD = ("score", "relevance", "success", *CONSTRAINTS)
#: The last index of each alliance, from which the next is made: between two days few offers change.
_before: dict[str, match.Retriever] = {}
PAIRS = pa.schema([("need", pa.string()), ("offer", pa.string())])


def found(need: Posting) -> Finding | None:
    """What was found for *need* as it stands now; None until it has been worked out.

    It stays while it is worked out anew for another market: what may no longer be told of is left out of it.
    """
    kept = Finding.objects.filter(pk=need.pk, basis=rows.said(need)).first()
    if kept and not up_to_date(kept):
        shown = rows.there([one["offer"] for one in kept.firms])
        kept.firms = [one for one, still in zip(kept.firms, shown, strict=True) if still]
    return kept


def up_to_date(kept: Finding) -> bool:
    """Whether it follows from the market of today."""
    return kept.market == rows.digest()


def waiting() -> list[Posting]:
    """Open needs for which nothing was found yet as they and the market stand now."""
    if not Current.objects.exists():
        return []
    there, kept = rows.digest(), {pk: basis for pk, *basis in Finding.objects.values_list("pk", "basis", "market")}
    needs = Posting.objects.standing().filter(side=Posting.Side.NEED).order_by("pk")
    return [one for one in needs.select_related("private_half") if kept.get(one.pk) != [rows.said(one), there]]


def find(needs: Iterable[Posting]) -> int:
    """Find firms for *needs* and keep them; for how many."""
    there = rows.digest()
    index, offers = _index(there)
    asked = list(needs)
    for one in asked:
        of = {"basis": rows.said(one), "market": there, "model": index.model}
        made: dict[str, Any] = of | {"firms": list(_answers(one, index, offers))}
        Finding.objects.update_or_create(posting=one, defaults=made)
    return len(asked)


@lru_cache(maxsize=1)
def _index(_market: str) -> tuple[match.Retriever, pa.Table]:
    """The index of the market of that digest, and its offers."""
    offers, home = rows.offers_of(), str(settings.HOME)
    made = match.usual(settings.HOME / match.VECTORS, _before.get(home))(offers)
    _before[home] = made
    return made, offers


def _answers(need: Posting, index: match.Retriever, offers: pa.Table) -> Iterator[dict[str, Any]]:
    """The firms that may answer, the best first: the offer, how well it answers, and what carried it."""
    row = rows.need_of(need)
    asked = match.asked(rows.table_of(row))
    hits = index.search(asked, top=CHOICES.top).select(judging.FOUND.names)
    chosen = judging.candidates(row, _rows(offers, hits["offer"]), hits)[: CHOICES.keep]
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
        yield {"offer": rows.kept(own[one["offer"]])} | told


def _rows(offers: pa.Table, ids: Any) -> pa.Table:
    return offers.filter(pc.is_in(offers["offer"], pa.array(ids, pa.string()) if isinstance(ids, list) else ids))
