"""The market as the engine reads it: needs and offers of the portal in its columns, judged by its hard constraints.

Both halves of a need are judged. What follows from the private one is told to nobody who does not read that half.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from rongtong import match
from rongtong.match.buyers import calls_near, placed
from rongtong.match.candidates import sift
from rongtong.match.constraints import NO, judge
from rongtong.match.firms import enriched
from rongtong.match.holds import Day, excluded
from rongtong.match.registry import profiles
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.portal.days import today
from rongtong.portal.postings import stated
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry import current
from rongtong.portal.registry.current import leading_to
from rongtong.portal.registry.models import Current, Firm
from rongtong.portal.registry.queries import by_id, followed
from rongtong.portal.registry.rules import firm_of

Row = dict[str, Any]
#: What is judged of a need by what its firm does not tell.
PRIVATE = frozenset({"excluded", "quantity"})
#: What an offer says in its private half.
FIGURES = ("quantity", "unit", "price", "unit_price")
#: An offer as it was found: its row, and how well it answers.
FOUND = pa.schema([("need", pa.string()), ("offer", pa.string()), ("score", pa.float64()), ("relevance", pa.float64())])
#: What changes of a need without its asking for anything else.
_PASSING = frozenset({"found_by", "since", "made_by", "made_at"})
_DAYS = ("available_from", "valid_until", "since", "until")


def need_of(need: Posting) -> Row:
    """*need* with both halves in the columns of :data:`NEEDS`."""
    private = getattr(need, "private_half", None) or PrivateHalf()
    firm = by_id([need.firm]).get(need.firm)
    told = blank(str(need.pk)) | _words(need) | stated.row(stated.of(need)) | {
        "firm": firm_of(need), "name": firm.name if firm else None, "kind": need.kind or None,
        "budget": _budget(need, private), "needed_by": need.needed_by, "valid_until": need.expires_on,
        "exclusive": need.exclusive, "excludes": list(private.excludes) or None, "wanted": need.wanted,
    }  # fmt: skip
    return told | placed(told, _profile(told["firm"])) if calls_near(told) else told


def _profile(firm: str) -> Row | None:
    """What the registry knows of *firm*."""
    pointer = Current.objects.first()
    return _profiles(pointer.snapshot, today(), firm) if pointer else None


@lru_cache(maxsize=1024)
def _profiles(_snapshot: str, day: date, firm: str) -> Row | None:
    """The same, of the snapshot and the day."""
    return profiles(current.snapshot(), day, [firm]).get(firm)


def blank(need: str) -> Row:
    """A need that asks for nothing."""
    return dict.fromkeys(NEEDS.names) | {"need": need}


def secrets_of(need: Posting) -> frozenset[str]:
    """The constraints on *need* that follow from its private half."""
    return PRIVATE if need.budget is not None else PRIVATE | {"budget"}


def table_of(*needs: Row) -> pa.Table:
    """Rows of needs as the engine takes them."""
    return pa.Table.from_pylist(list(needs), schema=NEEDS)


def there(kept: Collection[Row]) -> list[bool]:
    """Of each row of an offer that was *kept*, whether it may still be told of."""
    shown = {f"posting.{pk}" for pk in _published().values_list("pk", flat=True)}
    return [one["source"] != "published" or one["offer"] in shown for one in kept]


def said(need: Posting) -> str:
    """Both halves of *need*, by digest."""
    private = getattr(need, "private_half", None) or PrivateHalf()
    return digest_of([_columns(need, _PASSING), _columns(private, {"posting"})])


def _columns(one: Model, but: Collection[str]) -> list[str]:
    return [str(field.value_from_object(one)) for field in one._meta.concrete_fields if field.name not in but]


def digest() -> str:
    """What needs are answered from today, by digest: the snapshot that pages show, and offers that show their name."""
    told = [[*_said(one), sorted(_excludes(one))] for one in _published()]
    return digest_of([today().isoformat(), Current.objects.values_list("snapshot", flat=True).first(), *told])


def digest_of(told: list[Any]) -> str:
    """What *told*, plain data, is known by."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder).encode()).hexdigest()


def offers(firms: Collection[str] | None = None) -> pa.Table:
    """All that is offered today (:data:`OFFERS`), or by *firms* alone: products of the registry, and what firms
    publish under their name."""
    known = current.snapshot()
    told = [_offer(one) for one in followed(_published(firms))]
    own = pa.Table.from_pylist(told, schema=OFFERS)
    if told:
        own = enriched(own, profiles(known, today(), {row["firm"] for row in told}))
    return pa.concat_tables([match.offers_of(known, today(), firms), own])


def published() -> pa.Table:
    """What firms publish under their name, as the engine reads it."""
    return pa.Table.from_pylist([_offer(one) for one in followed(_published())], schema=OFFERS)


def known_of(firms: Collection[str]) -> dict[str, Row]:
    """One row a firm for those of which nothing is offered: what the registry knows of it."""
    told = profiles(current.snapshot(), today(), firms)
    rows = pa.Table.from_pylist([row | {"offer": firm, "source": "registry"} for firm, row in told.items()], OFFERS)
    return {row["firm"]: row for row in rows.to_pylist()}


def candidates(need: Row, offers: pa.Table, found: pa.Table) -> list[Row]:
    """The firms of *found* (:data:`FOUND`) that no constraint rules out: those first of which most is known to hold,
    among them those that answer best. Columns of :data:`~rongtong.match.candidates.CANDIDATES`.

    What an offer keeps private rules it out, and does nothing else: of those that are left nobody can tell, not even
    by their order, of whom such figures are known.
    """
    kept = _sifted(need, offers, found)
    left = found.filter(pc.is_in(found["offer"], pa.array([one["offer"] for one in kept], pa.string())))
    open_ = pa.Table.from_pylist(list(map(disclosed, offers.to_pylist())), OFFERS)
    shown = _sifted(need, open_, left)
    return sorted(shown, key=lambda one: (-likely(one), one["place"]))


def likely(candidate: Row) -> float:
    """How likely the open constraints of a candidate are found to hold."""
    return float(round(candidate["success"] / candidate["relevance"], 9))


def _sifted(need: Row, offers: pa.Table, found: pa.Table) -> list[Row]:
    rows: list[Row] = sift(table_of(need), offers, found, Day(today()), found.num_rows).candidates.to_pylist()
    return rows


def disclosed(offer: Row) -> Row:
    """*offer* without the figures of its private half, as everybody is told of it before both sides agree."""
    return offer | dict.fromkeys(FIGURES) if offer["source"] == "published" else offer


def answers(need: Row, offers: list[Row]) -> list[dict[str, int]]:
    """The answer of every constraint for each of *offers*, as the engine's codes."""
    if not offers:
        return []
    pairs = np.zeros(len(offers), np.int64), np.arange(len(offers))
    told = judge(table_of(need), pa.Table.from_pylist(offers, OFFERS), pairs, Day(today()))
    return [{name: int(codes[at]) for name, codes in told.items()} for at in range(len(offers))]


def may_answer(need: Posting, firm: Firm) -> bool:
    """Whether something that *firm* offers today, or what is known of it, misses nothing that *need* requires."""
    told = offers({firm.id}).to_pylist() or [*known_of({firm.id}).values()]
    return not told or any(NO not in codes.values() for codes in answers(need_of(need), told))


def apart(need: Posting, firm: Firm) -> bool:
    """Whether the firm of *need*, or *firm*, wants not to be introduced to the other."""
    return avoids(need, firm) or firm.id in avoiding(need)


def avoiding(need: Posting) -> set[str]:
    """The firms that want not to be introduced to the firm of *need*, as they say in an offer that stands."""
    buyer = by_id([need.firm]).get(need.firm)
    if buyer is None:
        return set()
    said = Posting.objects.standing().filter(side=Posting.Side.OFFER, private_half__isnull=False)
    told = said.exclude(private_half__excludes=[]).select_related("private_half")
    asked, day = {"excludes": None, "name": buyer.name}, Day(today())
    left_out = [one for one in told if excluded(asked, {"excludes": _excludes(one), "name": None}, day) is False]
    return {firm_of(one) for one in followed(left_out)}


def avoids(need: Posting, firm: Firm) -> bool:
    """Whether the firm of *need* wants not to be introduced to *firm*."""
    private = getattr(need, "private_half", None) or PrivateHalf()
    told = {"excludes": private.excludes, "name": None}, {"excludes": None, "name": firm.name}
    return excluded(*told, Day(today())) is False


def kept(row: Row) -> Row:
    """The row of an offer as JSON keeps it."""
    told: Row = json.loads(json.dumps(row, cls=DjangoJSONEncoder))
    return told


def revived(row: Row) -> Row:
    """A row that JSON has kept."""
    titles = [_dated(one) for one in row["titles"] or ()] or None
    amounts = {name: None if row[name] is None else Decimal(row[name]) for name in ("quantity", "price", "unit_price")}
    return _dated(row) | amounts | {"titles": titles}


def _dated(row: Row) -> Row:
    return row | {name: date.fromisoformat(row[name]) for name in _DAYS if row.get(name)}


def _published(firms: Collection[str] | None = None) -> QuerySet[Posting]:
    """Open offers that show their firm's name to whoever is signed in, or those of *firms*: no other may be told of."""
    shown = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
    open_ = Posting.objects.standing().filter(side=Posting.Side.OFFER, named=True, visibility__in=shown)
    theirs = open_ if firms is None else open_.filter(firm__in=leading_to(firms))
    return theirs.select_related("private_half").order_by("pk")


def _offer(one: Posting) -> Row:
    """A published offer with both halves in the columns of :data:`OFFERS`."""
    return _words(one) | stated.row(stated.of(one)) | {
        "offer": f"posting.{one.pk}", "firm": firm_of(one), "source": "published", "kinds": [one.kind],
        "available_from": one.needed_by, "valid_until": one.expires_on, "exclusive": one.exclusive,
        "excludes": _excludes(one) or None,
    }  # fmt: skip


def _excludes(one: Posting) -> list[str]:
    return list(getattr(one, "private_half", PrivateHalf()).excludes)


def _words(one: Posting) -> Row:
    """The words of a public half, as the engine reads them."""
    products = "、".join(map(str, one.products))
    return {"title": one.title, "product": products or None, "text": one.text, "segment": one.segment or None}


def _budget(need: Posting, private: PrivateHalf) -> Decimal | None:
    return need.budget if need.budget is not None else private.budget


def _said(one: Posting) -> Iterator[Any]:
    yield from (one.pk, *_words(one).values(), one.kind, one.expires_on, one.needed_by, one.exclusive)
    yield from (*one.regions, *one.titles, *one.certificates)
    private = getattr(one, "private_half", PrivateHalf())
    yield from (private.quantity, private.price)
