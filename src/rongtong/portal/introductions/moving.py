"""What a transition of an introduction asks and does: the yes of one side, and taking effect with that of both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rongtong.definitions.days import months_after
from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.introductions import telling
from rongtong.portal.introductions.models import (
    Answer,
    Band,
    Cooperation,
    Figure,
    Introduction,
    Step,
)
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting
from rongtong.workflows import Transition

#: What a figure is called that follows from a transition both sides have made.
FIGURES = {"contract": Figure.Kind.CONTRACTED, "complete": Figure.Kind.PERFORMED}

#: So many months before its introduction a contract may have been signed.
BEFORE = 12


def still_open(need: Posting, way: Transition) -> None:
    """Raises InputError where both would agree on a need that may not be answered any more."""
    if way.id == "agree" and not need.standing:
        raise InputError(_("这条需求现在不能对接：{state}", state=need.shown_state), place=worded(way.label))


def term(name: str, value: str) -> str:
    """*value* as a term is kept, one way to write a day; empty when it is none, as a contract not signed yet."""
    choices = {"kind": Cooperation.values, "band": Band.values}
    if name in choices:
        return value if value in choices[name] else ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return day.isoformat() if day <= today() else ""


def not_long_before(introduction: Introduction, terms: Mapping[str, str]) -> None:
    """A contract may be entered late, but one of long before does not come of this introduction."""
    earliest = months_after(introduction.made_on, -BEFORE)
    if "day" in terms and date.fromisoformat(terms["day"]) < earliest:
        raise InputError(
            _("签约日期比这条对接早 {n} 个月以上", n=BEFORE),
            place=terms["day"],
            mend=_("请核对年份；更早的合同不是这条对接的结果"),
        )


def answer(introduction: Introduction, way: Transition, side: str, terms: dict[str, str], by: User) -> None:
    """Keep one side's yes; with the second, if both say the same, the transition takes effect."""
    kept = {name: terms[name] for name in way.alike}
    Answer.objects.update_or_create(
        introduction=introduction,
        transition=way.id,
        side=side,
        defaults={"terms": kept, "by": by, "on": today()},
    )
    telling.answered_by(introduction, side)
    given = list(introduction.answers.filter(transition=way.id))
    if {one.side for one in given} != {*way.by} or any(one.terms != kept for one in given):
        telling.to_confirm(introduction, way, side)
        return
    if way.id in FIGURES:
        day = kept.get("day") or today()
        introduction.figures.create(kind=FIGURES[way.id], band=kept["band"], form=kept.get("kind", ""), day=day)
    enter(introduction, way, side, "", by)


def enter(introduction: Introduction, way: Transition, side: str, reason: str, by: User) -> None:
    """Have a transition take effect."""
    introduction.state, introduction.since = way.to, today()
    introduction.save(update_fields=["state", "since"])
    introduction.answers.exclude(transition="agree").delete()
    step = Step.objects.create(
        introduction=introduction, transition=way.id, side=side, to=way.to, reason=reason if way.reasons else "", by=by
    )
    telling.entered(introduction, way, step)
