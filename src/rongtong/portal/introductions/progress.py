"""How far an introduction is: its stages, its history without names, what both sides have said of a contract."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rongtong.definitions.wording import worded
from rongtong.portal.introductions.models import TERMS, Band, Cooperation, Figure, Introduction, Side, flow

#: Through these every introduction goes that comes to its end; the others are as the buyer needs.
ALWAYS = tuple(one.id for one in flow().states if "stage" in one.kinds)


@dataclass(frozen=True)
class Said:
    """A term as one's own side and the other have said it; *alike* is None until both have."""

    label: str
    mine: str
    theirs: str
    alike: bool | None


def grouped(reasons: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """What speaks for it (whatever does not say otherwise), what against, what is unknown."""
    return [
        (says, [one for one in reasons if one.get("says", "for") == says]) for says in ("for", "against", "unknown")
    ]


def thought_of(introduction: Introduction) -> str:
    """Who thought of it, in a sentence."""
    said = {
        Introduction.Origin.ENGINE: _("系统按产品和要求推荐。"),
        Introduction.Origin.OFFICER: _("由秘书处或主管部门点名推荐。"),
        Introduction.Origin.BUYER: _("由需求方点名邀请。"),
        Introduction.Origin.SUPPLIER: _("由企业自荐。"),
        Introduction.Origin.MEETING: _("在专场对接会上见面后提出。"),
    }
    return said[Introduction.Origin(introduction.origin)]


def stages(introduction: Introduction) -> list[tuple[int, str, bool, bool]]:
    """Number, label, whether it was gone through, whether it stands there; as the component ``steps`` takes them."""
    been = [flow().start, *(one.to for one in introduction.steps.all())]
    path = list(dict.fromkeys(been))
    here = path.index(introduction.state) if introduction.state in path else 0
    path.append(path.pop(here))
    if not introduction.stands.end:
        path += [one for one in ALWAYS if one not in path]
    last = path.index(introduction.state)
    label = {one.id: worded(one.label) for one in flow().states}
    return [(n, label[one], n <= last, n == last + 1) for n, one in enumerate(path, 1)]


def history(introduction: Introduction) -> list[tuple[datetime.date, str, str]]:
    """What happened: day, what, which side; the latest first. No person is named in it."""
    entries = [(introduction.made_on, 0, _("提出对接"), introduction.get_origin_display()), *_happened(introduction)]
    return [(day, what, who) for day, _order, what, who in sorted(entries, key=lambda one: one[:2], reverse=True)]


def _happened(introduction: Introduction) -> Iterator[tuple[datetime.date, int, str, str]]:
    for n, one in enumerate(introduction.steps.all(), 1):
        both = flow().transition_of[one.transition].both
        what = f"{worded(one.label)}：{worded(one.reason)}" if one.reason else worded(one.label)
        yield one.on, n, what, _("双方") if both else _side(one.side)
    for answer in introduction.answers.all():
        if introduction.state in flow().transition_of[answer.transition].from_:
            what = _("已{act}，等对方").format(act=worded(flow().transition_of[answer.transition].label))
            yield answer.on, 90, what, _side(answer.side)
    for told in introduction.outcomes.all():
        what = _("满 {n} 个月：{going}").format(n=told.months, going=told.get_going_display())
        yield told.on, 80, what, _side(told.side)
    for call in introduction.calls.all():
        yield call.on, 86, _("已电话联系"), _side(call.side)
    for reminder in introduction.reminders.all():
        read = _("（已读）") if reminder.read_at else _("（未读）")
        yield reminder.on, 85, _("催办") + read, _side(reminder.side)


def _side(side: str) -> str:
    return str(Side(side).label) if side else ""


def terms(introduction: Introduction, transition: str, side: str) -> tuple[dict[str, str], bool]:
    """What *side* may begin with when it says the terms of *transition*: what it said itself, else what the other side
    said; and whether they are the other's."""
    given = {one.side: one.terms for one in introduction.answers.all() if one.transition == transition}
    if side in given:
        return given[side], False
    theirs: dict[str, str] = next(iter(given.values()), {})
    return theirs, bool(theirs)


def differing(introduction: Introduction) -> list[str]:
    """What both sides have told differently of what they want to confirm now, by label."""
    ways = {one.transition for one in introduction.answers.all()}
    told = (one for way in sorted(ways) for one in said(introduction, way, Side.BUYER))
    return [one.label for one in told if one.alike is False]


def said(introduction: Introduction, transition: str, side: str) -> list[Said]:
    """What each side has said of *transition*, term by term; nothing before one has."""
    given = {one.side: one.terms for one in introduction.answers.all() if one.transition == transition}
    if not given or introduction.state not in flow().transition_of[transition].from_:
        return []
    mine = given.get(side)
    theirs = next((terms for other, terms in given.items() if other != side), None)
    names = flow().transition_of[transition].alike
    return [
        Said(
            str(TERMS[name]),
            shown(name, mine and mine[name]),
            shown(name, theirs and theirs[name]),
            None if mine is None or theirs is None else mine[name] == theirs[name],
        )
        for name in names
    ]


def shown(name: str, value: str | None) -> str:
    """A term in words; empty when it was not said."""
    choices: dict[str, Any] = {"kind": dict(Cooperation.choices), "band": dict(Band.choices)}
    return str(choices.get(name, {}).get(value, value)) if value else ""


def figures(introduction: Introduction) -> list[tuple[str, Figure | None]]:
    """The three figures side by side: they are three, and nowhere added."""
    kept = {one.kind: one for one in introduction.figures.all()}
    return [(str(kind.label), kept.get(kind.value)) for kind in Figure.Kind]
