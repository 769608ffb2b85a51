"""``rongtong match``: firms for needs, each with why, what speaks against it and what to ask; fair over the market."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import match, qualify, report
from rongtong.cli import output, tables
from rongtong.cli.import_ import SHOWN
from rongtong.cli.opening import OWN, Opened, snapshot
from rongtong.cli.options import AsJson, Home, Out
from rongtong.cli.progress import Report, progress
from rongtong.definitions.days import in_china
from rongtong.i18n import _, joined, mark
from rongtong.qualify.shelf import known

FORMATS = (".xlsx", ".json", ".parquet", ".csv")

Needs = Annotated[Path, typer.Argument(metavar="NEEDS", help=mark("需求表（.xlsx、.xls、.csv）"))]
Offers = Annotated[Path | None, typer.Argument(metavar="OFFERS", help=mark("供给表；不写则只用快照里登记的产品"))]
From = Annotated[
    str | None,
    typer.Option(
        "--snapshot", help=mark("快照（文件夹或编号）或企业表格：登记的产品也作供给；没有供给表时默认为当前快照")
    ),
]
RunOn = Annotated[
    str | None, typer.Option("--as-of", help=mark("运行日期，如 2026-11-28；默认取快照的基准日期，没有快照时为今天"))
]
Spread = Annotated[
    float, typer.Option("--spread", min=0.0, max=1.0, help=mark("分散权重：企业每多一次介绍少算多少；见结果里的“权衡”"))
]


def run(
    needs: Needs,
    offers: Offers = None,
    from_: From = None,
    as_of: RunOn = None,
    spread: Spread = 0.0,
    out: Out = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Match needs with offers."""
    tables.destination(out, FORMATS, needs, offers)
    with progress() as step:
        step(_("读取 {file}", file=needs.name), 0.1)
        listings = [match.read(needs, "needs")] + ([match.read(offers, "offers")] if offers else [])
        opened = snapshot(from_, home, step, beside=out) if from_ or not offers else None
        made = matched(listings, opened, as_of, spread, where(needs, opened, out, home), step)
        if out:
            save(out, made, listings, step)
    if as_json:
        output.document(as_dict(made, listings))
    else:
        show(made, listings, out)


def where(needs: Path, opened: Opened | None, out: Path | None, home: Path | None) -> Path:
    """The folder of results: the alliance's, else one of the needs' own beside what is written."""
    folder = opened.home if opened else home or (out.parent if out else Path()) / f"{needs.stem}{OWN}"
    return folder / "results"


def matched(
    listings: list[match.Listing],
    opened: Opened | None,
    as_of: str | None,
    spread: float,
    results: Path,
    step: Report,
) -> match.Matching:
    """Run on what was read."""
    needs, offers = listings[0].table, listings[1].table if len(listings) > 1 else None
    given = as_of or (None if opened else in_china().isoformat())
    asked = {one for row in needs["rulebooks"].to_pylist() for one in row or ()}
    source = opened.snapshot if opened else None
    rulebooks = sorted(asked & set(known()))
    judged = [qualify.assess(source, one, as_of=given, out=results) for one in rulebooks] if source else []
    step(_("为 {n} 条需求找供方", n=needs.num_rows), 0.5)
    choices = match.Choices(spread=spread)
    indexing = match.usual(results.parent / match.VECTORS)
    return match.match(
        needs, offers, source, indexing=indexing, assessments=judged, as_of=given, choices=choices,
        answers=opened.answers() if opened else (),
        passed_over=[column for one in listings for column in one.passed_over], out=results,
    )  # fmt: skip


def as_dict(made: match.Matching, listings: list[match.Listing]) -> dict[str, Any]:
    """The machine form: manifest, one row a need, one a firm, the trade-off, the problems of both lists."""
    return document(made) | {"problems": list(problems(listings))}


def document(made: match.Matching) -> dict[str, Any]:
    """What is computed of the machine form."""
    return {
        "manifest": made.manifest, "needs": iter(made.rows()), "firms": iter(made.firms()),
        "tradeoff": made.tradeoff.to_pylist(),
    }  # fmt: skip


def problems(listings: list[match.Listing]) -> Iterator[dict[str, Any]]:
    """The cells that were not understood, each with its file."""
    for one in listings:
        for row in one.problems.to_pylist():
            yield {"file": one.file, **row}


def save(out: Path, made: match.Matching, listings: list[match.Listing], step: Report) -> None:
    """Write the result in the format that the suffix of *out* names."""
    step(_("写入 {file}", file=out.name), 0.9)
    if out.suffix.lower() == ".xlsx":
        report.matching(made, out)
    else:
        tables.write(out, made.table, as_dict(made, listings))


def show(made: match.Matching, listings: list[match.Listing], out: Path | None) -> None:
    """Tell a person what was read, how many introductions there are, and the points to choose from."""
    for one in listings:
        counts = {name: f"{count:,}" for name, count in one.counts.items()}
        told = _(
            "{file}：单元格 {cells} 个，采用 {used}，有原因不采用 {ignored}，有问题 {problems}。",
            file=one.file,
            **counts,
        )
        output.show(told)
    found = list(problems(listings))
    if found:
        place = {"file": _("文件"), "row": _("行"), "column": _("列"), "text": _("原文")}
        output.show(output.listed(place | {"reason": _("问题"), "mend": _("办法")}, found[:SHOWN]))
    show_passed_over(made.manifest["passed_over"])
    show_doubts(made.manifest["doubts"])
    for need, first in repeats(made):
        output.show(_("需求 {need} 与 {first} 说的是同一件事，不重复占用名额。", need=need, first=first))
    if match.by_words(made.manifest["model"]):
        output.show(_("没有可用的语义模型，这次只按字词检索。"))
    output.show(summary(made.manifest["counts"]))
    output.show(points(made))
    output.show(_("结果 {path}", path=made.path))
    if out:
        output.show(_("已写入 {file}", file=out))
    else:
        output.show(_("逐条需求的候选和理由：加 --json，或 --out 对接.xlsx；核对：rongtong verify 结果文件夹"))


def show_doubts(doubts: Iterable[Mapping[str, str]]) -> None:
    """Tell which names may be firms of the registry, and how a person says so."""
    for (name, why), own in groupby(doubts, key=itemgetter("name", "why")):
        firms = joined(one["called"] or one["firm"] for one in own)
        output.show(_("“{name}”可能是库内的{firms}（{why}），这次按另一家处理。", name=name, firms=firms, why=why))
    if doubts:
        output.show(_("答一次就记住：rongtong decide listed 表上的写法 企业；都不是：--not 企业。"))


def show_passed_over(columns: list[dict[str, str]]) -> None:
    """Tell which columns were not read, and what to do about it."""
    if not columns:
        return
    output.show(_("没有认出的栏目 {n} 个，其内容未采用：", n=len(columns)))
    heads = {"file": _("文件"), "column": _("列"), "heading": _("栏目"), "why": _("原因")}
    output.show(output.listed(heads, columns[:SHOWN]))
    output.show(_("要采用的，请把栏目名改成需求表、供给表认得的写法再运行；写法见 docs/cli.md。"))


def repeats(made: match.Matching) -> list[tuple[str, str]]:
    """The needs that say again what an earlier one does, each with that."""
    told = made.part("needs").select(["need", "repeats"]).to_pylist()
    return [(row["need"], row["repeats"]) for row in told if row["repeats"]]


def summary(counts: Mapping[str, Any]) -> str:
    """How many introductions there are, and what they are worth together."""
    return _(
        "需求 {needs} 条，供给 {offers} 条：介绍 {introductions} 次，涉及企业 {firms_used} 家，"
        "把握合计 {total:.2f}（上限 {bound:.2f}）。",
        **counts,
    )


def points(made: match.Matching) -> Any:
    """The trade-off as a table."""
    heads = [_("分散权重"), _("把握合计"), _("最差的需求得到"), _("得到介绍的企业"), _("基尼系数")]
    rows = (
        [f"{p['spread']:g}", f"{p['total']:.2f}", f"{p['worst_need']:.3f}", f"{p['firms_used']:,}", f"{p['gini']:.3f}"]
        for p in made.tradeoff.to_pylist()
    )
    return output.table(heads, rows)
