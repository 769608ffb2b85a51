"""How officers read facts: slots by their labels, money in 万元 (in English in millions), shares in per cent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from rongtong.definitions.catalogue import Field, Subset, Type, catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.i18n import SOURCE, _, language

NUMERIC = ("money", "ratio", "number", "integer")
MEASURES = ("count", "any", "amount")
#: In how many yuan readers of a language count money, and the decimals that make it exact to the yuan; a language that
#: is not named here counts as the source's, whose words it shows.
MONEY = {"zh": (10_000, 4), "en": (1_000_000, 6)}


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
    if measure in MEASURES and head:
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
    types: dict[str, Type] = {"any": "boolean", "amount": "money"}
    return types.get(measure, "integer")


def of_value(slot: str, content: object) -> str:
    """The value of a slot as an officer writes it."""
    return value(content, type_of(slot))


def of_claim(slot: str, text: str) -> str:
    """A claim, which is kept as text, as an officer writes it."""
    kind = type_of(slot)
    if kind == "boolean":
        return value(text == "true", kind)
    return value(Decimal(text) if kind in NUMERIC else text, kind)


def value(content: object, kind: Type) -> str:
    """A value as an officer writes it; unknown is “未知”."""
    if content is None:
        return _("未知")
    if isinstance(content, list):
        return interval(content, kind)
    if isinstance(content, bool):
        return _("是") if content else _("否")
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, int | float | Decimal) and kind not in ("year", "code", "text"):
        return number(Decimal(str(content)), kind)
    return worded(str(content)) if kind == "level" else str(content)


def difference(content: float | Decimal, kind: Type) -> str:
    """How far a value is from a bound: with its sign, that of a ratio in points of per cent."""
    points = Decimal(str(content)) * 100
    text = _("{n} 个百分点", n=trimmed(points)) if kind == "ratio" else value(content, kind)
    return text if content < 0 else f"+{text}"


def interval(ends: list[object], kind: Type) -> str:
    """The bounds of a count or sum of a list that is not complete; an open end is said in words.

    Of at least none, and nobody knows how many, nothing is known.
    """
    low, high = ends
    if high is None and not low:
        return _("未知")
    if high is None:
        return _("至少 {low}，上限未知", low=value(low, kind))
    return _("{low} 至 {high}", low=value(low, kind), high=value(high, kind))


def number(content: Decimal, kind: Type) -> str:
    """A number with its unit: money in 万元, in English in millions, a ratio in per cent."""
    if kind == "money":
        unit, decimals = MONEY.get(language(), MONEY[SOURCE])
        return _("{amount} 万元", amount=trimmed(content / unit, decimals))
    if kind == "ratio":
        return f"{trimmed(content * 100)}%"
    return trimmed(content)


def trimmed(content: Decimal, decimals: int = 4) -> str:
    """At most so many decimals, none that say nothing, thousands separated."""
    text = f"{content:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
