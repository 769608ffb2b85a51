"""How officers read facts: slots by their labels, and their values as they write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from rongtong.definitions.catalogue import MEASURE_TYPES, NUMERIC, Field, Subset, Type, catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.i18n import _, language
from rongtong.report import figures


def of_slot(slot: str) -> str:
    """The label of a slot: ``revenue[2021]`` is “2021年营业收入”; what is no slot stays as it is."""
    return _of_slot(slot, language())


@cache
def _of_slot(slot: str, _language: str) -> str:
    try:
        parsed = Slot.parse(slot)
        field = catalogue()[parsed.field]
    except (ValueError, KeyError):
        return slot
    return years(parsed) + part(field, parsed.part)


def years(slot: Slot) -> str:
    """The years of a slot, as they stand before its label."""
    if slot.years is None:
        return ""
    first, last = slot.years
    return _("{year}年", year=first) if first == last else _("{first}–{last}年", first=first, last=last)


def part(field: Field, name: str | None) -> str:
    """The label of a field, or of the part of a list that *name* means."""
    label = worded(field.label)
    if not name:
        return label
    subset, measure = split(field, name)
    if subset:
        return worded(subset.label) + {"any": _("（有无）"), "amount": _("（金额）")}.get(measure, "")
    attribute = field.attribute(name)
    return f"{label}·{worded(attribute.label)}" if attribute else f"{label}·{name}"


def split(field: Field, name: str) -> tuple[Subset | None, str]:
    """The subset that *name* means, and the measure of it."""
    head, _dot, measure = name.rpartition(".")
    if measure in MEASURE_TYPES and head:
        return field.subset(head), measure
    return field.subset(name), "count"


def is_derived(slot: str) -> bool:
    """Whether a slot is computed from others where those are known."""
    try:
        return bool(catalogue()[Slot.parse(slot).field].derived)
    except (ValueError, KeyError):
        return False


@cache
def type_of(slot: str) -> Type:
    """The catalogue type of a slot's values; text where the catalogue does not know it."""
    try:
        parsed = Slot.parse(slot)
        field = catalogue()[parsed.field]
    except (ValueError, KeyError):
        return "text"
    if field.kind == "scalar":
        return field.type
    if attribute := field.attribute(parsed.part or ""):
        return attribute.type
    _subset, measure = split(field, parsed.part or "")
    return MEASURE_TYPES[measure]


def of_value(slot: str, content: object) -> str:
    """The value of a slot as an officer writes it."""
    return figures.value(content, type_of(slot))


def of_claim(slot: str, text: str) -> str:
    """A claim, which is kept as text, as an officer writes it."""
    kind = type_of(slot)
    if kind == "boolean":
        return figures.value(text == "true", kind)
    return figures.value(Decimal(text) if kind in NUMERIC else text, kind)


def margin(clause: Mapping[str, Any]) -> str:
    """How far a clause is from its bound, in the unit of the one fact it looks at; of points, where it looks at none.

    Beside a fact that is computed from others stand those others, which the clause does not look at by themselves.
    """
    content = clause.get("margin")
    if not isinstance(content, int | float):
        return "" if content is None else str(content)
    slots = list(clause["values"] or {})
    kinds = {type_of(slot) for slot in filter(is_derived, slots)} or set(map(type_of, slots))
    told = figures.difference(content, kinds.pop() if len(kinds) == 1 else "number")
    return told if slots else figures.behind(told, "分")


def settled_by(slot: str) -> str:
    """Who can supply the fact of a slot: the bureau whose reply settles it, who judges it, else its best source."""
    try:
        parsed = Slot.parse(slot)
        field = catalogue()[parsed.field]
    except (ValueError, KeyError):
        return ""
    subset = split(field, parsed.part)[0] if parsed.part else None
    if subset and subset.settled_by:
        return worded(subset.settled_by)
    if field.statement == "judgement":
        return _("审核人员判断")
    if field.statement == "outside_score":
        return _("审核人员查平台或报告")
    return source_kind(field.source_rank[0] if field.source_rank else "firm_form")


def row_from_memory(values: Mapping[str, object]) -> str:
    """The row of a rule of classes that *values* fall into, where its bounds were not compared with the document."""
    known = catalogue()
    for name in filter(known.fields.get, values):
        rule = known.classes.get(known[name].classified)
        code = str(values.get(rule.by) or "").lstrip("ABCDEFGHIJKLMNOPQRST") if rule else ""
        for row in rule.rows if rule and code else ():
            if not row.verified and code.startswith(row.codes):
                return worded(row.title)
    return ""


def whose(cell: Mapping[str, str]) -> str:
    """Whose word a cell is, where that counts, with the document number: “（部门函询复函 青税函1号）”."""
    said = " ".join(filter(None, (source_kind(cell["kind"]) if cell.get("kind") else "", cell.get("number"))))
    return _("（{what}）", what=said) if said else ""


def effort(word: str) -> str:
    """How much effort a change takes."""
    return {"low": _("小"), "medium": _("中"), "high": _("大")}[word]


def source_kind(kind: str) -> str:
    """What a kind of source is called."""
    return worded(catalogue().source_kinds.get(kind, kind))
