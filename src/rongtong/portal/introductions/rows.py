"""Needs and offers of the portal in the columns of the engine, with both halves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from rongtong import match
from rongtong.match.buyers import calls_near, placed
from rongtong.match.firms import enriched
from rongtong.match.registry import profiles
from rongtong.match.schema import NEEDS, OFFERS
from rongtong.portal.days import today
from rongtong.portal.postings import reading
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry import current
from rongtong.portal.registry.current import leading_to
from rongtong.portal.registry.models import Current
from rongtong.portal.registry.queries import by_id, followed
from rongtong.portal.registry.rules import firm_of

Row = dict[str, Any]
#: What an offer says in its private half.
FIGURES = ("quantity", "unit", "price", "unit_price")
#: What changes of a need without its asking for anything else.
_PASSING = frozenset({"found_by", "since", "made_by", "made_at"})
_DAYS = ("available_from", "valid_until", "since", "until")


def need_of(need: Posting) -> Row:
    """*need* with both halves in the columns of :data:`NEEDS`."""
    private = getattr(need, "private_half", None) or PrivateHalf()
    firm = by_id([need.firm]).get(need.firm)
    told = blank(str(need.pk)) | _words(need) | reading.row(reading.of(need)) | {
        "firm": firm_of(need), "name": firm.name if firm else None, "kind": need.kind or None,
        "budget": _budget(need, private), "needed_by": need.needed_by, "valid_until": need.expires_on,
        "exclusive": need.exclusive, "excludes": list(private.excludes) or None, "wanted": need.wanted,
    }  # fmt: skip  # read by rows
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
    told = [[*_said(one), sorted(excludes_of(one))] for one in _published()]
    return digest_of([today().isoformat(), Current.objects.values_list("snapshot", flat=True).first(), *told])


def digest_of(told: list[Any]) -> str:
    """What *told*, plain data, is known by."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder).encode()).hexdigest()


def offers_of(firms: Collection[str] | None = None) -> pa.Table:
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


def disclosed(offer: Row) -> Row:
    """*offer* without the figures of its private half, as everybody is told of it before both sides agree."""
    return offer | dict.fromkeys(FIGURES) if offer["source"] == "published" else offer


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
    return _words(one) | reading.row(reading.of(one)) | {
        "offer": f"posting.{one.pk}", "firm": firm_of(one), "source": "published", "kinds": [one.kind],
        "available_from": one.needed_by, "valid_until": one.expires_on, "exclusive": one.exclusive,
        "excludes": excludes_of(one) or None,
    }  # fmt: skip  # read by rows


def excludes_of(one: Posting) -> list[str]:
    """The firms to which the firm of a posting wants not to be introduced."""
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
