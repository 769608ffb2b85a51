"""The parts of a rulebook file that a form can change: what each is, where it stands, how a line tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from rongtong.definitions.loader import Loc

#: Lists of parts: what an item of each is called here, and how its ids begin.
LISTS = {
    "requires": ("prerequisite", "requires"),
    "conditions": ("clause", "condition"),
    "excludes": ("clause", "veto"),
    "any_of": ("clause", "part"),
    "all_of": ("clause", "part"),
    "groups": ("group", "group"),
    "criteria": ("criterion", "indicator"),
    "items": ("grant", "grant"),
}
#: Where such lists stand; any_of and all_of only where a clause has them already.
_PLACES = re.compile(
    r"requires|(conditions|excludes)(\.\d{1,4}\.(any_of|all_of))*|score\.groups(\.\d{1,4}\.criteria)?|grants\.items"
)
#: Lists that begin with their first item.
BEGUN: tuple[Loc, ...] = (
    ("requires",), ("conditions",), ("excludes",), ("score", "groups"), ("grants", "items"),
)  # fmt: skip  # read by rows
#: Parts that stand alone.
SINGLE: dict[Loc, str] = {(): "head", ("score",): "sheet", ("grants",): "grants"}


@dataclass(frozen=True)
class Line:
    """A part as the page of a draft tells it; *adds* is the list that something can be added to below it."""

    at: str
    title: str
    told: tuple[str, ...] = ()
    note: str = ""
    depth: int = 0
    adds: str = ""


@dataclass(frozen=True)
class Section:
    """Parts of one kind under a heading; *adds* is the list that takes another."""

    title: str
    text: str
    lines: tuple[Line, ...]
    adds: str


def loc_of(at: str) -> Loc:
    """``score.groups.0`` as the loader names it."""
    return tuple(int(step) if step.isdecimal() and len(step) < 5 else step for step in at.split(".")) if at else ()


def at_of(loc: Sequence[int | str]) -> str:
    """The other way."""
    return ".".join(map(str, loc))


def kind_of(loc: Loc, *, new: bool = False) -> str:
    """What stands at *loc* (*new*: what its list takes); "" for what no form changes."""
    if not new and loc in SINGLE:
        return SINGLE[loc]
    steps = loc if new else loc[:-1]
    if not _PLACES.fullmatch(at_of(steps)) or (not new and not isinstance(loc[-1], int)):
        return ""
    return LISTS[str(steps[-1])][0]


def new_id(loc: Loc, taken: set[str]) -> str:
    """An id for a new item of the list at *loc*."""
    prefix = LISTS[str(loc[-1])][1]
    return next(one for n in count(1) if (one := f"{prefix}.new{n}") not in taken)


def ids(tree: Any) -> Iterator[str]:
    """Every id in a file."""
    if isinstance(tree, Mapping):
        yield from ([str(tree["id"])] if "id" in tree else [])
    for part in tree.values() if isinstance(tree, Mapping) else tree if isinstance(tree, list) else ():
        yield from ids(part)


def sections(tree: Mapping[str, Any]) -> list[Section]:
    """The parts of a whole file, in its order."""
    found = [
        Section(_("先有的称号"), _("申请日要在有效期内"), tuple(_titles(tree)), "requires"),
        Section(_("条件"), _("每一条都要满足"), tuple(_clauses(tree, "conditions")), "conditions"),
        Section(_("否决"), _("写出现什么就不行"), tuple(_clauses(tree, "excludes")), "excludes"),
    ]
    score = tree.get("score") or {}
    most = _("满分 {n} 分").format(n=score["max"]) if score else _("几组指标，合计达到多少分另写成条件")
    found.append(Section(_("评分表"), most, tuple(_sheet(score)), "score.groups"))
    grants = tree.get("grants") or {}
    cap = _("各项相加，最高 {cap}").format(cap=grants["cap"]) if grants.get("cap") else _("各项相加，不封顶")
    return [*found, Section(_("奖补金额"), cap, tuple(_grants(grants)), "grants.items")]


def _titles(tree: Mapping[str, Any]) -> Iterator[Line]:
    for k, one in enumerate(tree.get("requires") or ()):
        yield Line(f"requires.{k}", one["title"], (one["holds"],), _soft(one))


def _clauses(whole: Mapping[str, Any], name: str, at: str = "", depth: int = 0) -> Iterator[Line]:
    for k, one in enumerate(whole.get(name) or ()):
        here = f"{at}{name}.{k}"
        below = next((part for part in ("any_of", "all_of") if one.get(part)), "")
        told = {"any_of": (_("满足其中一条即可"),), "all_of": (_("每一条都要满足"),)}.get(below, (one.get("when", ""),))
        yield Line(here, one["title"], told, _soft(one), depth, f"{here}.{below}" if below else "")
        if below:
            yield from _clauses(one, below, f"{here}.", depth + 1)


def _soft(one: Mapping[str, Any]) -> str:
    return "" if one.get("hard", True) else _("只提示")


def _sheet(score: Mapping[str, Any]) -> Iterator[Line]:
    for g, group in enumerate(score.get("groups") or ()):
        here = f"score.groups.{g}"
        yield Line(here, group["title"], (), _("{n} 分").format(n=group["max"]), 0, f"{here}.criteria")
        for k, one in enumerate(group.get("criteria") or ()):
            yield Line(f"{here}.criteria.{k}", one["title"], _graded(one), _("{n} 分").format(n=one["max"]), 1)


def _grants(grants: Mapping[str, Any]) -> Iterator[Line]:
    for k, one in enumerate(grants.get("items") or ()):
        yield Line(f"grants.items.{k}", one["title"], _graded(one))


def _graded(one: Mapping[str, Any]) -> tuple[str, ...]:
    """How points or amounts are given, in lines."""
    if one.get("items"):
        return tuple(f"{one['each']} ← {item['when']}" for item in one["items"])
    if one.get("share"):
        most = [_("最高 {cap}").format(cap=one["cap"])] if one.get("cap") else []
        return (f"{one.get('value', '')} × {one['share']}", *most)
    if one.get("bands"):
        return (*([one["value"]] if one.get("value") else []), *map(_band, one["bands"]))
    return (str(one.get("stated") or _("几种算法取最高，见文本")),)


def _band(band: Mapping[str, Any]) -> str:
    signs = {"from": "≥ ", "above": "> ", "to": "≤ ", "below": "< "}
    ends = "，".join(f"{sign}{band[name]}" for name, sign in signs.items() if name in band)
    return f"{band.get('points', band.get('amount'))} ← {ends or band.get('when') or _('其余')}"
