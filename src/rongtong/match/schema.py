"""What needs and offers are as tables; what their fields mean is data, in ``catalogue/match``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import pyarrow as pa

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.loader import folder, read

What = Literal["needs", "offers"]
_TEXTS = pa.list_(pa.string())
_MONEY, _AMOUNT, _DAY = pa.decimal128(18, 2), pa.decimal128(38, 10), pa.date32()
TITLE = pa.struct([("kind", pa.string()), ("since", _DAY), ("until", _DAY)])


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


_SOURCE = {"file": pa.string(), "sheet": pa.string(), "row": pa.int32()}
_WORDS = dict.fromkeys(("title", "product", "text"), pa.string())
_PLACE = dict.fromkeys(("chain", "segment"), pa.string())
_FIRM = dict.fromkeys(("firm", "uscc", "name"), pa.string())
_AMOUNTS = {"quantity": _AMOUNT, "unit": pa.string()}

#: What a need only wishes for: the constraint that it would be, and what is asked.
WISHES = pa.list_(pa.struct([("constraint", pa.string()), ("asked", _TEXTS)]))
#: One row a need. ``regions``: any will do; ``titles`` and ``certificates``: all are asked, 或 joins alternatives;
#: ``wishes`` rule nobody out; ``perhaps`` are firms that may be the buyer itself; ``repeats`` is a need that says the
#: same.
NEEDS = _schema(
    need=pa.string(), **_FIRM, kind=pa.string(), **_WORDS, requirements=pa.string(), **_PLACE, **_AMOUNTS,
    budget=_MONEY, needed_by=_DAY, valid_until=_DAY, regions=_TEXTS, titles=_TEXTS, rulebooks=_TEXTS,
    certificates=_TEXTS, exclusive=pa.bool_(), excludes=_TEXTS, visibility=pa.string(), wanted=pa.int64(),
    wishes=WISHES, perhaps=_TEXTS, repeats=pa.string(), **_SOURCE,
)  # fmt: skip  # read by rows
#: One row an offer. ``places``: the smallest first; ``titles_known``, ``lacks``: what absence from a list means none
#: of; ``source``: ``published`` by the firm, or ``registry``: from what is known of its products.
OFFERS = _schema(
    offer=pa.string(), **_FIRM, source=pa.string(), kinds=_TEXTS, **_WORDS, strengths=pa.string(), **_PLACE,
    industry=pa.string(), **_AMOUNTS, price=_MONEY, unit_price=_MONEY, available_from=_DAY, valid_until=_DAY,
    places=_TEXTS, titles=pa.list_(TITLE), titles_known=pa.bool_(), certificates=_TEXTS, lacks=_TEXTS,
    exclusive=pa.bool_(), excludes=_TEXTS, visibility=pa.string(), capacity=pa.int64(), past=pa.string(), **_SOURCE,
)  # fmt: skip  # read by rows
SCHEMAS: dict[What, pa.Schema] = {"needs": NEEDS, "offers": OFFERS}
#: The column that names a row, and how ids begin that a list does not give itself.
IDS: dict[What, tuple[str, str]] = {"needs": ("need", "N"), "offers": ("offer", "O")}
#: The columns that say in words what is needed or offered, the most telling first.
SAID: dict[What, tuple[str, ...]] = {
    "needs": ("title", "product", "text", "requirements", "segment", "chain"),
    "offers": ("title", "product", "text", "strengths", "segment", "chain", "industry"),
}


def words_of(row: Mapping[str, Any], what: What) -> str:
    """All that a row says in words, each thing once, the most telling first."""
    return " ".join(dict.fromkeys(row[name] for name in SAID[what] if row[name]))


@cache
def fields(what: What) -> Catalogue:
    """The fields of needs or of offers, with the headings that hold people's contacts."""
    root = folder()
    return Catalogue([read(root / "match" / f"{what}.yaml"), read(root / "fields" / "sources.yaml")])
