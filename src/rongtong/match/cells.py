"""What single cells of needs and offers mean: kinds, requirements, titles with their validity, quantities, places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from rongtong.facts.reading.values import ValueSpec
from rongtong.facts.reading.values.dates import read_date
from rongtong.facts.reading.values.numbers import read_number
from rongtong.facts.reading.values.spec import NotReadError
from rongtong.facts.reading.values.writing import fold
from rongtong.i18n import _
from rongtong.match import places
from rongtong.match.words import OR, alternatives, pieces, words
from rongtong.match.writing import bare
from rongtong.qualify.rulebook import editions, known

_REMARK = re.compile(r"[（(]([^（）()]*)[)）]")
_DATE = re.compile(r"\d{4}[-年./]\d{1,2}[^、；;]*")
_UNTIL = ValueSpec("date", label="有效期至")


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


def required(text: str) -> Said:
    """Titles and certificates that a need asks for: all of an enumeration, one of what 或 joins."""
    found: dict[str, list[str]] = {"titles": [], "certificates": []}
    strange: list[str] = []
    for piece in pieces(text):
        if words().is_anything(piece):
            continue
        named = [(words().title_of(one), words().certificate_of(one), one) for one in alternatives(piece)]
        strange += [one for title, certificate, one in named if not (title or certificate)]
        only = all(certificate and not title for title, certificate, _one in named)
        found["certificates" if only else "titles"].append(OR.join(t or c or one for t, c, one in named))
    return Said({name: own for name, own in found.items() if own}, *_strange(strange))


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
            titles.append({"kind": title, "since": None, "until": _until(piece)})
        else:
            certificates.append(certificate or name)
            strange += [] if certificate else [name]
    values = {"titles": titles, "certificates": sorted(words().implied(certificates))}
    return Said({name: own for name, own in values.items() if own}, *_strange(strange))


def _until(piece: str) -> date | None:
    for remark in _REMARK.findall(piece):
        for text in _DATE.findall(remark):
            try:
                found = read_date(text.rstrip("止前 "), _UNTIL).value
            except NotReadError:
                continue
            return found if isinstance(found, date) else None
    return None


def regions(text: str) -> Said:
    """The places to which a need is limited; any of them will do."""
    named = [piece for part in pieces(text) for piece in alternatives(part) if not words().is_anything(piece)]
    found = {piece: places.places(piece)[0] for piece in named}
    strange = [piece for piece, one in found.items() if not places.is_known(one)]
    return Said({"regions": list(dict.fromkeys(found.values()))} if found else {}, *_strange(strange))


def where(text: str) -> Said:
    """The places where an offer is."""
    found = [one for piece in pieces(text) for one in places.places(piece)]
    return Said({"places": list(dict.fromkeys(found))})


def rulebooks(text: str) -> Said:
    """The rulebooks by which a firm must qualify."""
    named = {piece: _rulebooks().get(bare(piece)) for piece in pieces(text)}
    strange = [piece for piece, one in named.items() if not one]
    reason = _("没有规则“{words}”，一律记为未知", words="、".join(strange)) if strange else ""
    return Said(
        {"rulebooks": [one or piece for piece, one in named.items()]},
        reason,
        _("现有规则：{known}", known="、".join(known())) if strange else "",
    )


@cache
def _rulebooks() -> dict[str, str]:
    return {bare(word): one for one in known() for word in (one, editions(one)[-1].file.title)}


def quantity(text: str) -> Said:
    """A number with its unit: ``500台``, ``1000吨/年``."""
    try:
        number = read_number(fold(text))
    except NotReadError as error:
        return Said({}, error.reason, error.mend)
    values = {"quantity": number.value, "unit": number.unit or None}
    return Said(values, *((_("约数，按所写的数使用"), _("请填写确切的数")) if number.about else ("", "")))


def names(text: str) -> Said:
    """Firms by their names."""
    return Said({"excludes": pieces(text)})


#: What is made of the cells of each field; the other fields stay as they were read.
CELLS: dict[str, dict[str, Cell]] = {
    "needs": {
        "kind": kind, "titles": required, "certificates": required, "region": regions, "rulebooks": rulebooks,
        "quantity": quantity, "excludes": names,
    },
    "offers": {
        "kind": kinds, "titles": held, "certificates": held, "region": where, "address": where, "quantity": quantity,
        "excludes": names,
    },
}  # fmt: skip
