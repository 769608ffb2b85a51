"""``rongtong identity``: how many questions for how many errors; what decisions taught, and whether it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import facts
from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import Answers, AsJson, By, Home, author, home_of
from rongtong.cli.progress import progress
from rongtong.cli.shares import share
from rongtong.errors import InputError
from rongtong.facts import judging, taught
from rongtong.facts.taught import Taught
from rongtong.i18n import _, joined, mark
from rongtong.identity.deciders import Sifted
from rongtong.report.judging import again, agreed, bound, far, ladder

Ask = Annotated[str | None, typer.Option("--ask", help=mark("下门槛：可能性低于它的判为不同企业，如 10%"))]
Same = Annotated[str | None, typer.Option("--same", help=mark("上门槛：可能性达到它的判为同一家，如 99%"))]
Teach = Annotated[bool, typer.Option("--teach", help=mark("用已作的决定重新校准，并评估"))]
Use = Annotated[bool, typer.Option("--use", help=mark("评估更好的，启用；与 --teach 同用"))]


def run(
    teach: Teach = False,
    use: Use = False,
    ask: Ask = None,
    same: Same = None,
    answers: Answers = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the curve; teach, switch on what was taught, choose bounds."""
    if use and not teach:
        raise InputError(_("--use 要与 --teach 同用"), place="--use", mend=_("请写 rongtong identity --teach --use"))
    bounds = (share("--ask", ask), share("--same", same))
    folder = home_of(home)
    opened = alliance(folder)
    with progress() as report:
        snapshot = opened.settle(progress=report)
        learned = opened.teach() if teach else None
    if learned and not as_json:
        show_taught(learned)
    entry = enter(opened, learned if use else None, bounds, (by, answers))
    if as_json:
        output.document(document(opened, snapshot, learned, entry))
    elif entry:
        output.show(_("已记入台账第 {entry} 条，下次结算起生效；撤销：rongtong undo {entry}", entry=entry))
    else:
        show(snapshot, folder)


def enter(
    opened: facts.Alliance,
    learned: Taught | None,
    bounds: tuple[float | None, float | None],
    act: tuple[str | None, int | None],
) -> int | None:
    """Write down what was taught and the bounds that were chosen, in one entry, if any."""
    ask, same = bounds
    if not learned and ask is None and same is None:
        return None
    decision, head = (learned.decision(), learned.head) if learned else (None, None)
    return opened.judge_by(ask=ask, same=same, taught=decision, by=author(act[0]), answers=act[1] or head)


def document(
    opened: facts.Alliance, snapshot: facts.Snapshot, learned: Taught | None, entry: int | None
) -> dict[str, Any]:
    """The JSON document."""
    known = learned.cases if learned else taught.cases(opened.state(), snapshot)
    return {
        "bounds": in_force(snapshot), "curve": [one._asdict() for one in ladder(snapshot)],
        "questions": snapshot.manifest["counts"]["questions"],
        "cases": {"count": len(known.cases), "left_out": known.left_out},
        "evaluation": evaluation(learned) if learned else None, "entry": entry,
    }  # fmt: skip


def in_force(snapshot: facts.Snapshot) -> dict[str, Any]:
    """The bounds by which a snapshot was settled, and how many cases taught its judge."""
    judge = judging.of_snapshot(snapshot)
    return {"ask": judge.ask, "same": judge.same, "taught": judging.taught_by(snapshot.manifest.get("judging"))}


def evaluation(learned: Taught) -> dict[str, Any]:
    """What was taught and what it is worth, as a JSON object."""
    found = learned.evaluation
    scores = {
        name: dict(zip(("before", "after"), (score._asdict() for score in both), strict=True))
        for name, both in (("own", found.own), ("made", found.made))
    }
    correction = judging.written(found.correction, len(learned.cases.cases))
    told = {"better": not found.against, "against": list(found.against), "correction": correction}
    return {**scores, **told, "again": look_again(learned.sifted)}


def look_again(sifted: Sifted) -> dict[str, Any]:
    """Whose decisions are left out, and which answers to look at again, as a JSON object."""
    people = [one._asdict() for one in sifted.far]
    answers = [{**case._asdict(), "likely": round(likely, 4)} for case, likely in sifted.unlikely]
    return {"far": people, "unlikely": answers}


def show_taught(learned: Taught) -> None:
    """Tell a person what was taught and what it is worth."""
    found = learned.evaluation
    output.show(_("可用于校准的决定 {n} 例", n=len(learned.cases.cases)))
    for why, count in learned.cases.left_out.items():
        output.show(_("  不用的 {n} 例：{why}", n=count, why=taught.describe(why)))
    show_again(learned.sifted)
    heads = [_("评估用的例子"), _("判法"), _("例数"), _("每 100 个猜错"), _("答错"), _("需问人"), _("对数损失")]
    output.show(output.table(heads, agreed(found)))
    output.show(_("猜错：都不问人、只取可能性大的一边时错几个。"))
    output.show(_("对数损失供专家看：说得越有把握而错，数越大；0 是全对，0.69 等于掷硬币。"))
    output.show(_("还不能启用：{why}", why=joined(found.against, "；")) if found.against else _("校准后更好，可以启用"))


def show_again(sifted: Sifted) -> None:
    """Tell a person whose decisions are left out, and which answers to look at again."""
    for by, cases, apart, expected in far(sifted):
        told = {"by": by, "cases": cases, "apart": apart, "expected": expected}
        output.show(
            _(
                "{by}判了 {cases} 例，说“不是同一家” {apart} 例，按可能性和旁人的判断约应 {expected} 例，相差太远。"
                "这些决定没有用于校准，请复看；判错的改判或撤回。",
                **told,
            )
        )
    if lines := again(sifted):
        output.show(_("最出人意料的判断：对的照样用于校准，错的请改判或撤回，再重新校准。"))
        heads = [_("企业"), _("另一家"), _("判为"), _("判断人"), _("这样判的可能性")]
        output.show(output.table(heads, lines))


def show(snapshot: facts.Snapshot, folder: Path) -> None:
    """Show a person the curve and what is in force."""
    found = in_force(snapshot)
    here = (found["ask"], found["same"])
    output.show(
        _("可能性低于 {ask} 的判为不同，达到 {same} 的判为同一家，其间问人", ask=bound(here[0]), same=bound(here[1]))
    )
    heads = [_("下门槛"), _("上门槛"), _("需问人的名称对"), _("预计误并"), _("预计漏并"), ""]
    lines = (
        [bound(one.ask), bound(one.same), f"{one.questions:,}", f"{one.wrong:.1f}", f"{one.missed:.1f}",
         _("现用") if one[:2] == here else ""]
        for one in ladder(snapshot)
    )  # fmt: skip
    output.show(output.table(heads, lines))
    questions = snapshot.manifest["counts"]["questions"]
    output.show(_("现有待判断 {n} 对（rongtong questions）。", n=f"{questions:,}"))
    if found["taught"]:
        output.show(_("判法已用 {n} 例决定校准。", n=found["taught"]))
    output.whole(_("改用另一组门槛：rongtong identity --ask 10% --same 99.8% --home {home}", home=folder))
