"""What single cells of needs and offers mean: kinds, requirements, titles with their validity, quantities, places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from rongtong.facts.reading.values import ValueSpec
from rongtong.facts.reading.values.dates import read_date
from rongtong.facts.reading.values.spec import NotReadError
from rongtong.i18n import _
from rongtong.match import places
from rongtong.match.numbers import price as read_price
from rongtong.match.numbers import quantity as read_quantity
from rongtong.match.wishes import named, parted
from rongtong.match.words import OR, alternatives, pieces, words
from rongtong.match.writing import bare
from rongtong.qualify.shelf import editions, known

_REMARK = re.compile(r"[（(]([^（）()]*)[)）]")
_DATE = re.compile(r"(?<!\d)\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}[日号]?)?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)?(?!\d)")
_SINCE, _UNTIL = ValueSpec("date", label="认定日期"), ValueSpec("date", label="有效期至", latest=True)
_GRANTED, _LASTS = re.compile("认定|获评|获得|授予|批准|取得|发证|颁发|起"), re.compile("至|到期|截止|有效|届满")


@dataclass(frozen=True)
class Said:
    """What a cell says, column by column; with *reason* and *mend* where it wants a look. Nothing said: a problem."""

    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    mend: str = ""


Cell = Callable[[str], Said]


def kind(text: str) -> Said:
    """The kind of a need. A cell that names several leaves it open."""
    found = {one for piece in pieces(text) if (one := words().kind_of(piece))}
    if len(found) == 1:
        return Said({"kind": found.pop()})
    return Said({}, _("看不出是哪一类合作"), _known_kinds())


def kinds(text: str) -> Said:
    """The kinds of an offer."""
    named = {piece: words().kind_of(piece) for piece in pieces(text)}
    found = sorted({one for one in named.values() if one})
    strange = "、".join(piece for piece, one in named.items() if not one)
    reason = _("不认识的合作类型：{words}", words=strange) if strange else ""
    return Said({"kinds": found} if found else {}, reason, _known_kinds() if strange else "")


def _known_kinds() -> str:
    return _("请写明其中一类：{kinds}", kinds="、".join(one.label for one in words().kinds))


def required(text: str, column: str = "titles") -> Said:
    """Titles and certificates that a need asks for, or wishes for: all of an enumeration, one of what 或 joins.

    What nobody knows is taken for what *column* is headed.
    """
    said = parted(text)
    strange: list[str] = []
    hard, wished = (_asked_for(one, column, strange) for one in said)
    return Said(hard | _wishes(wished), *_strange(strange))


def _asked_for(text: str, column: str, strange: list[str]) -> dict[str, list[str]]:
    """What *text* asks of a firm, by column; what is not known is added to *strange*."""
    found: dict[str, list[str]] = {}
    for piece in pieces(text):
        known = [_known(one) for one in alternatives(piece) if not words().is_anything(one)]
        if known:
            strange += [one for title, certificate, one in known if not (title or certificate)]
            joined = OR.join(title or certificate or one for title, certificate, one in known)
            found.setdefault(_column(known, column), []).append(joined)
    return found


def _column(known: list[tuple[str | None, str | None, str]], otherwise: str) -> str:
    """Where alternatives belong: among titles when one is a title, else among certificates when one is such."""
    titled, certified = any(one[0] for one in known), any(one[1] for one in known)
    return "titles" if titled else "certificates" if certified else otherwise


def _known(text: str) -> tuple[str | None, str | None, str]:
    """The title and the certificate that a text names, with or without 具有 before it, and the text."""
    bare = named(text) or text
    title = words().title_of(text) or words().title_of(bare)
    return title, words().certificate_of(text) or words().certificate_of(bare), bare


def _wishes(found: dict[str, list[str]]) -> dict[str, Any]:
    """Wishes as a need keeps them: the constraint that would be, and what is wished for."""
    names = {"regions": "region"}
    told = [{"constraint": names.get(column, column), "asked": own} for column, own in found.items() if own]
    return {"wishes": told} if told else {}


def wished(cell: Cell) -> Cell:
    """*cell* where nothing is required: all that it reads is only wished for."""

    def read(text: str) -> Said:
        told = cell(text)
        hard = {name: own for name, own in told.values.items() if name != "wishes"}
        wishes = [*_wishes(hard).get("wishes", ()), *told.values.get("wishes", ())]
        return replace(told, values={"wishes": wishes} if wishes else {})

    return read


def certified(text: str) -> Said:
    """Certificates that a need asks for, and titles that stand among them."""
    return required(text, "certificates")


def _strange(items: list[str]) -> tuple[str, str]:
    if not items:
        return "", ""
    reason = _("不认识：{words}，只与写法相同的比对", words="、".join(items))
    return reason, _("请用认定文件或证书上的名称")


def held(text: str) -> Said:
    """Titles and certificates that an offer states; a title may bear its last day in brackets."""
    titles: list[dict[str, Any]] = []
    certificates: list[str] = []
    strange: list[str] = []
    for piece in pieces(text):
        name = _REMARK.sub("", piece).strip() or piece
        title, certificate = words().title_of(name) or words().title_of(piece), words().certificate_of(name)
        if title:
            titles.append({"kind": title} | _term(piece))
        else:
            certificates.append(certificate or name)
            strange += [] if certificate else [name]
    values = {"titles": titles, "certificates": sorted(words().implied(certificates))}
    return Said({name: own for name, own in values.items() if own}, *_strange(strange))


def _term(piece: str) -> dict[str, date | None]:
    """The first and the last day that the remarks behind a title tell; a day alone is the last, but of a grant."""
    remarks = "".join(_REMARK.findall(piece))
    told = _DATE.findall(remarks)
    if len(told) == 1:
        told = [told[0], ""] if _GRANTED.search(remarks) and not _LASTS.search(remarks) else ["", told[0]]
    since, until = [*told, "", ""][:2]
    return {"since": _date(since, _SINCE), "until": _date(until, _UNTIL)}


def _date(text: str, spec: ValueSpec) -> date | None:
    try:
        found = read_date(text, spec).value if text else None
    except NotReadError:
        return None
    return found if isinstance(found, date) else None


def regions(text: str) -> Said:
    """The places to which a need is limited, any of which will do; wishes apart."""
    hard, wished = (_places(one) for one in parted(text))
    strange = [one for one in (*hard, *wished) if not (places.understood(one) or places.is_near(one))]
    told = {"regions": hard} if hard else {}
    return Said(told | _wishes({"regions": wished}), *_nowhere(strange))


def _places(text: str) -> list[str]:
    parts = [named(one) or one for piece in pieces(text) for one in alternatives(piece)]
    return list(dict.fromkeys(place for one in parts if not words().is_anything(one) for place in _placed(one)))


def _placed(one: str) -> list[str]:
    """The places of one item: the one that it is, else those that it asks for as running text does."""
    whole = places.asked_for(one)
    if all(place != one for place in whole) or places.understood(one) or places.is_near(one):
        return list(whole)
    return [place for said in places.places_in(one) for place in places.asked_for(said)] or list(whole)


def _nowhere(items: list[str]) -> tuple[str, str]:
    if not items:
        return "", ""
    reason = _("看不出是哪里：{words}，在不在其中都记为未知", words="、".join(items))
    return reason, _("请写明省、市或区县，例如 青岛、崂山区；不限地区请写“不限”")


def where(text: str) -> Said:
    """The places where an offer is."""
    found = [one for piece in pieces(text) for one in places.places(piece)]
    return Said({"places": list(dict.fromkeys(found))})


def rulebooks(text: str) -> Said:
    """The rulebooks by which a firm must qualify."""
    named = {piece: rulebook_of(piece) for piece in pieces(text)}
    strange = [piece for piece, one in named.items() if not one]
    reason = _("没有规则“{words}”，一律记为未知", words="、".join(strange)) if strange else ""
    return Said(
        {"rulebooks": [one or piece for piece, one in named.items()]},
        reason,
        _("现有规则：{known}", known="、".join(known())) if strange else "",
    )


def rulebook_of(text: str) -> str | None:
    """The rulebook that a text names, by its id or its title."""
    return _rulebooks().get(bare(text))


@cache
def _rulebooks() -> dict[str, str]:
    return {bare(word): one for one in known() for word in (one, editions(one)[-1].file.title)}


def quantity(text: str) -> Said:
    """How many a need asks for, with the unit: ``500台``, ``年用量 12000 件``; of a range as many as will do."""
    return _amount(text, "low", _("写的是一个范围，按其中少的比对"), _("只写了最多要多少，不按数量比对"))


def supply(text: str) -> Said:
    """How many an offer can supply, with the unit; of a range as many as it can."""
    return _amount(text, "high", _("写的是一个范围，按其中多的比对"), _("只写了至少能供多少，不按数量比对"))


def _amount(text: str, end: Literal["low", "high"], ranged: str, open_: str) -> Said:
    """The end of a quantity by which nobody is ruled out who would do."""
    try:
        told = read_quantity(text)
    except NotReadError as error:
        return Said({}, error.reason, error.mend)
    value: Decimal | None = getattr(told, end)
    if value is None:
        return Said({}, open_, _("请填写确切的数"))
    reason = _("约数，按所写的数使用") if told.about else ranged if told.low != told.high else ""
    return Said({"quantity": value, "unit": told.unit or None}, reason, _("请填写确切的数") if reason else "")


def asking(text: str) -> Said:
    """What an offer costs at least: for all of it, or for each of its unit."""
    try:
        told = read_price(text)
    except NotReadError as error:
        return Said({}, error.reason, error.mend)
    if told is None:
        return Said()
    return Said({"unit_price": told.low, "unit": told.each} if told.each else {"price": told.low})


def names(text: str) -> Said:
    """Firms by their names."""
    return Said({"excludes": pieces(text)})


#: What is made of the cells of each field; the other fields stay as they were read.
CELLS: dict[str, dict[str, Cell]] = {
    "needs": {
        "kind": kind, "titles": required, "certificates": certified, "region": regions, "rulebooks": rulebooks,
        "quantity": quantity, "excludes": names,
    },
    "offers": {
        "kind": kinds, "titles": held, "certificates": held, "region": where, "address": where, "quantity": supply,
        "excludes": names,
    },
}  # fmt: skip  # read by rows
