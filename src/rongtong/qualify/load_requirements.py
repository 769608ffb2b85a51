"""What a rulebook requires: titles held, the place where the policy applies, conditions, exclusions."""

from __future__ import annotations

from dataclasses import replace

from rongtong.definitions import expression
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.loader import Loc
from rongtong.i18n import _, joined
from rongtong.qualify.load_texts import Texts
from rongtong.qualify.rulebook import Head, Requirement
from rongtong.qualify.schema import Applies, Clause, Prerequisite


def requirements(texts: Texts) -> tuple[Requirement, ...]:
    """All that *texts* require, in the order in which verdicts tell it; of what excludes, that it is not so."""
    file = texts.file
    titles = [_prerequisite(texts, ("requires", i), one) for i, one in enumerate(file.requires)]
    place = [_place(texts, file.applies)] if file.applies else []
    conditions = [_clause(texts, ("conditions", i), one, "condition") for i, one in enumerate(file.conditions)]
    vetoes = [_clause(texts, ("excludes", i), one, "veto") for i, one in enumerate(file.excludes)]
    return tuple(titles + place + conditions + [_negated(veto) for veto in vetoes])


def _prerequisite(texts: Texts, loc: Loc, one: Prerequisite) -> Requirement:
    holds = texts.condition((*loc, "holds"), f"any({one.holds} valid)", texts.facts)
    return Requirement(Head.of(one, "prerequisite"), holds, decides=one.hard)


def _place(texts: Texts, one: Applies) -> Requirement:
    """The condition that a firm is registered where the policy applies."""
    given = {name: places for name in ("district", "territory") if (places := getattr(one, name))}
    if len(given) != 1:
        raise texts.error(("applies",), _("applies 须恰好写 district、territory 之一"), _("例如 district: [崂山区]"))
    ((name, places),) = given.items()
    fact = texts.checked(("applies", name), lambda: texts.facts.fact(name, None, 1))
    strange = [place for place in places if fact.values and place not in fact.values]
    if strange:
        what = _("字段 {name} 没有等级“{value}”", name=name, value=strange[0])
        known = _("可用的等级：{known}", known=joined(fact.values))
        raise texts.error(("applies", name), what, known)
    return Requirement(Head.of(one, "condition"), tree.Member(fact, places))


def _clause(texts: Texts, loc: Loc, one: Clause, kind: str, parent: str = "") -> Requirement:
    head = Head.of(one, kind, parent)
    if len(loc) > 2 * expression.DEEPEST:
        what = _("条款套得太深，最多 {n} 层", n=expression.DEEPEST)
        raise texts.error(loc, what, _("请拆成几条并列的条款"))
    if sum(map(bool, (one.when, one.any_of, one.all_of))) != 1:
        raise texts.error(loc, _("条款 {id} 须恰好写 when、any_of、all_of 之一", id=one.id))
    if one.when:
        holds = texts.condition((*loc, "when"), one.when, texts.scores)
        return Requirement(head, holds, decides=one.hard, purpose=one.purpose)
    name, parts = ("any_of", one.any_of) if one.any_of else ("all_of", one.all_of)
    built = tuple(_clause(texts, (*loc, name, i), part, kind, one.id) for i, part in enumerate(parts))
    return Requirement(head, parts=built, any_part=bool(one.any_of), decides=one.hard, purpose=one.purpose)


def _negated(veto: Requirement) -> Requirement:
    if veto.condition is not None:
        return replace(veto, condition=tree.Negation(veto.condition))
    return replace(veto, parts=tuple(_negated(part) for part in veto.parts), any_part=not veto.any_part)
