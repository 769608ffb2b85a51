"""What people's decisions teach: merges, “not the same”, answers on lists as training cases, and their worth.

What contradicts itself or a code, and what somebody decided whose answers lie far from everybody else's, teaches
nothing and is told instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from rongtong.errors import InputError
from rongtong.facts import answers, judging
from rongtong.facts.journal import Entry
from rongtong.facts.settling import pairs
from rongtong.facts.settling.pairs import Called
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import State, subject
from rongtong.i18n import _, joined
from rongtong.identity.cases import Case
from rongtong.identity.deciders import Sifted, sifted
from rongtong.identity.evaluation import Evaluation, evaluate

if TYPE_CHECKING:
    from rongtong.facts.alliance import Alliance


class Cases(NamedTuple):
    """The training cases, and how many decisions are none, by reason (a key of :func:`describe`)."""

    cases: list[Case]
    left_out: Mapping[str, int]


class Taught(NamedTuple):
    """The cases, what they teach and are worth, the number of the entry up to which decisions were read, and who
    decided, and what of it a person should look at again."""

    cases: Cases
    evaluation: Evaluation
    head: int
    sifted: Sifted

    def decision(self) -> dict[str, Any]:
        """What a ``judging`` entry holds of it. Raises InputError when something speaks against switching it on."""
        if self.evaluation.against:
            raise InputError(
                _("校准没有启用：{why}", why=joined(self.evaluation.against, "；")),
                mend=_("多判断一些疑似同一家的企业，再重新校准；现行判法不变"),
            )
        return judging.written(self.evaluation.correction, len(self.cases.cases))


def teach(alliance: Alliance) -> Taught:
    """Fit and evaluate on what people have decided so far; nothing is switched on."""
    state = alliance.state()
    found, judge = cases(state, alliance.settle(state=state)), judging.judge(state.judging)
    kept = sifted(found.cases, judge)
    far = len(found.cases) - len(kept.kept)
    told = Cases(kept.kept, {**found.left_out, "far": far} if far else found.left_out)
    return Taught(told, evaluate(kept.kept, judge), state.head, kept)


def cases(state: State, snapshot: Snapshot) -> Cases:
    """The decisions on pairs, and answers on lists, as training cases: a case a pair of names, of two on it the later.

    Older decisions do not know what both were called: it is looked up in *snapshot*, of the same state.
    """
    every = [*state.on_pairs, *answers.as_pairs(state)]
    latest = {_about(one): one for one in sorted(every, key=lambda one: one.number)}
    told: dict[tuple[str, str], dict[bool, str]] = {}
    left_out: Counter[str] = Counter()
    for entry, (left, right) in zip(latest.values(), _called(latest.values(), snapshot), strict=True):
        if why := _unfit(entry.kind, left, right):
            left_out[why] += 1
        else:
            names = sorted((str(left[1]), str(right[1])))
            told.setdefault((names[0], names[1]), {})[entry.kind == "same"] = entry.by
    left_out["contradictory"] = sum(len(said) > 1 for said in told.values())
    once = [(names, said) for names, said in sorted(told.items()) if len(said) == 1]
    found = [Case(*names, same=same, by=by) for names, said in once for same, by in said.items()]
    return Cases(found, {why: count for why, count in left_out.items() if count})


def _about(entry: Entry) -> Any:
    called = entry.body["decision"].get("called")
    return frozenset(map(tuple, called)) if called else subject(entry)


def _called(entries: Iterable[Entry], snapshot: Snapshot) -> list[tuple[Called, Called]]:
    """What both sides of each decision were called; nothing where nobody knows any more."""
    decisions = [one.body["decision"] for one in entries]
    unknown = [one[side] for one in decisions if "called" not in one for side in ("left", "right")]
    known = pairs.called(snapshot, unknown) if unknown else {}
    nobody: Called = (None, None)
    return [
        tuple(map(tuple, one["called"])) if "called" in one else (  # type: ignore[misc]  # JSON has no tuples
            known.get(one["left"], nobody), known.get(one["right"], nobody)
        )
        for one in decisions
    ]  # fmt: skip


def _unfit(kind: str, left: Called, right: Called) -> str:
    """Why a pair teaches nothing about names, if so."""
    if not (left[1] and right[1]):
        return "nameless"
    if left[1] == right[1]:
        return "equal"
    if not (left[0] and right[0]):
        return ""
    return "by_code" if (kind == "same") == (left[0] == right[0]) else "against_code"


def describe(reason: str) -> str:
    """Why a decision is no training case, in the reader's language."""
    return {
        "nameless": _("缺少名称"),
        "equal": _("名称相同"),
        "by_code": _("双方都有有效代码，由代码判定"),
        "against_code": _("与双方有效代码的判定相反，请复看"),
        "far": _("判断人与旁人相差太远，请复看"),
        "contradictory": _("对同样的两个名称说法相反"),
    }[reason]
