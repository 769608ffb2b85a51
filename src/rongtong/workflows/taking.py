"""Taking a transition: the one place where it is checked who may, from where, and with which answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rongtong.definitions.wording import worded
from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.workflows.schema import Transition, Workflow


class NotYoursError(Exception):
    """The transition is open to none of the parties that somebody is."""


def take(
    flow: Workflow,
    transition: str,
    *,
    state: str,
    parties: Collection[str],
    reason: str = "",
    said: Collection[str] = (),
    labels: Mapping[str, object] | None = None,
) -> Transition:
    """The transition of that id, for somebody who is *parties* and gives *reason* and says the terms *said*.

    *labels* is what terms are called. Raises NotYoursError, or InputError when it comes too late or an answer is
    missing; an unknown transition is nobody's.
    """
    way = flow.transition_of.get(transition)
    if way is None or not {*parties} & {*way.by}:
        raise NotYoursError(transition)
    if not way.leads_from(state):
        here, act = worded(flow.state_of[state].label), worded(way.label)
        raise InputError(_("已经是“{state}”，不能再{act}", state=here, act=act))
    _answered(way, reason, said, labels or {})
    return way


def _answered(way: Transition, reason: str, said: Collection[str], labels: Mapping[str, object]) -> None:
    if way.reasons and reason not in way.reasons:
        raise InputError(_("请选择原因"), place=worded(way.label), mend=joined(map(worded, way.reasons)))
    if way.explain and not reason.strip():
        raise InputError(_("请说明原因"), place=worded(way.label), mend=_("写明缺什么、怎么改，或为什么撤下"))
    if missing := [str(labels.get(one, one)) for one in way.alike if one not in said]:
        raise InputError(_("请填写{named}", named=joined(missing)), place=worded(way.label))
