"""``rongtong path``: the least that leads one firm to qualify, step by step, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

import typer

from rongtong.cli import output
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, AsOf, Date, Edition, Firm, Home, Purpose, Rulebook, Source, Year
from rongtong.cli.progress import progress
from rongtong.i18n import _, joined, mark
from rongtong.qualify.path_answer import Path, Paths, Step
from rongtong.qualify.paths import path
from rongtong.qualify.prior import Prior
from rongtong.qualify.shelf import editions
from rongtong.report import labels
from rongtong.report.clauses import Clauses
from rongtong.report.workbook import verdict

At = Annotated[str | None, typer.Option("--at", help=mark("打算申请的日期；不写则试今后三年的同一天"))]


def run(
    firm: Firm,
    source: Source = None,
    rulebook: Rulebook = "cn/srdi-sme",
    edition: Edition = None,
    purpose: Purpose = "new",
    as_of: AsOf = None,
    at: At = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find the cheapest path of one firm."""
    with progress() as step:
        opened = snapshot(source, home, step, said=Said(date=date, year=year))
        asking = partial(path, opened.snapshot, rulebook, firm, edition=edition, purpose=purpose, as_of=as_of)
        found = asking(at=at)
        beyond = asking() if at and not found.first and not as_json else None
    if as_json:
        output.document(as_dict(found))
    else:
        books = {one.sha256: Clauses(one) for one in editions(rulebook)}
        show(found, books)
        if beyond:
            show_beyond(beyond)


def as_dict(found: Paths) -> dict[str, Any]:
    """The machine form: the firm, then a path for each day."""
    return {
        "manifest": found.manifest,
        **found.firm,
        "waiting": found.waiting,
        "paths": [asdict(one) | {"waiting": one.waiting, "supplies": supplies(one)} for one in found.paths],
    }


def supplies(one: Path) -> list[dict[str, Any]]:
    """The facts to hand in, each with who has it."""
    return [asdict(each) | {"settled_by": labels.settled_by(each.fact)} for each in one.supplies]


def show(found: Paths, books: Mapping[str, Clauses]) -> None:
    """The first day on which there is a path, and whether waiting would do."""
    output.show(f"{found.firm['name']}  {found.firm['uscc'] or ''}")
    first = found.first
    for one in found.paths[: found.paths.index(first) + 1] if first else found.paths:
        day(one, found.firm["name"] or found.firm["firm"], books[one.definition])
    if found.waiting and first and not first.waiting:
        output.show(_("什么都不做，等到 {day} 也可以符合。", day=found.waiting))


def show_beyond(found: Paths) -> None:
    """Where nothing leads to the day asked for: from when on something does, if within the days usually tried."""
    first = found.first
    if first and first.steps:
        acts = max(one.day for one in first.steps)
        told = _("  再往后就有办法：最早 {day} 见效，可用于 {year} 年的申请（--at {at}）。",
                 day=acts, year=first.at.year, at=first.at)  # fmt: skip
        output.show(told)
    elif first:
        output.show(_("  再往后就有办法：可用于 {year} 年的申请（--at {at}）。", year=first.at.year, at=first.at))


def day(one: Path, firm: str, clauses: Clauses) -> None:
    """One day's path."""
    now = verdict(one.verdict).value
    output.show(_("{day} 申请（{edition} 版）：照目前的情况 {verdict}", day=one.at, edition=one.edition, verdict=now))
    if not one.possible:
        output.show(_("  没有可行的办法：可改变的事项都来不及，或者不够。"))
        if one.blocking:
            output.show(_("  够不到的条款：{clauses}", clauses=joined(map(clauses.cited, one.blocking))))
        for each in one.priors:
            output.show(prior(each, firm))
    if one.waiting:
        output.show(_("  什么都不用做，到这一天申请即可。"))
    if one.priors and (one.supplies or one.steps):
        output.show(_("  取得以后，别的条款还要办这些："))
    if one.supplies:
        heads = [_("先补上的数据"), _("由谁提供"), _("用于")]
        output.show(output.table(heads, (supply(each, clauses) for each in supplies(one))))
    if one.steps:
        heads = [_("要做的事"), _("从"), _("到"), _("费力"), _("最早"), _("带来"), _("提交")]
        output.show(output.table(heads, (step(each, clauses) for each in one.steps)))
    if one.possible:
        for line in assumed(one.assumptions):
            output.show(line)


def prior(each: Prior, firm: str) -> str:
    """A title to obtain first, and how one sees what leads there."""
    title = labels.of_slot(each.title)
    if not each.rulebooks:
        return _("  先取得“{title}”。", title=title)
    ways = joined((f"rongtong path {firm} --rulebook {one}" for one in each.rulebooks), "；")
    return _("  先取得“{title}”，怎样取得：{ways}", title=title, ways=ways)


def supply(each: Mapping[str, Any], clauses: Clauses) -> list[str]:
    """A fact to hand in, as a line."""
    least = _("，至少 {points:g} 分", points=each["at_least"]) if each["at_least"] else ""
    return [labels.of_slot(each["fact"]) + least, each["settled_by"], "\n".join(map(clauses.cited, each["clauses"]))]


def step(each: Step, clauses: Clauses) -> list[str]:
    """A change, as a line."""
    gains = [_("{clause} 加 {points:g} 分", clause=clauses.cited(name), points=n) for name, n in each.gains.items()]
    brings = "\n".join([*map(clauses.cited, each.clauses), *gains])
    return [
        labels.of_slot(each.slot), labels.of_value(each.slot, each.before), labels.of_value(each.slot, each.after),
        labels.effort(each.effort), each.day.isoformat(), brings, joined(each.papers),
    ]  # fmt: skip


def assumed(assumptions: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """What was assumed, in a line for figures, one for lists and one for classes that were stated."""
    figures = [one["slot"] for one in assumptions if one["from"] not in (None, one["slot"])]
    lists = [one["slot"] for one in assumptions if not one["from"]]
    if figures:
        yield _("假定与上一年相同：{facts}", facts=joined(map(labels.of_slot, figures)))
    if lists:
        yield _("假定没有新的记录：{lists}", lists=joined(map(labels.of_slot, lists)))
    for one in assumptions:
        if one["from"] == one["slot"]:
            yield _(
                "没有行业代码，{fact}按填报的“{value}”算；要做的改变在企业可能属于的各个行业里都不会使它超出所要求的规模。",
                fact=labels.of_slot(one["slot"]),
                value=one["value"],
            )
