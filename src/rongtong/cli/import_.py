"""``rongtong import``: a workbook into the alliance folder, with an account of every cell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import facts
from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, By, Home, author, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _, mark

HELP = mark("导入一份表格（.xlsx、.xls、.csv），交代每个单元格的去向")
SHOWN = 20

File = Annotated[Path, typer.Argument(metavar="FILE", help=mark("表格文件"))]
Source = Annotated[str, typer.Option("--source", help=mark("来源种类，如 district_workbook、bureau_reply"))]
Date = Annotated[str | None, typer.Option("--date", help=mark("数据的基准日期，如 2022-06-30"))]
Year = Annotated[int | None, typer.Option("--year", help=mark("报告年度：标题没写年份的逐年栏目属于这一年"))]
Complete = Annotated[
    list[str] | None,
    typer.Option(
        "--complete", help=mark("本表对所列企业完整的清单，如 negative_records.environment:2019-2022；可写多次")
    ),
]


def run(
    file: File,
    source: Source = "district_workbook",
    date: Date = None,
    year: Year = None,
    complete: Complete = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import a workbook and say what became of its cells."""
    with progress() as report:
        result = alliance(home_of(home), create=True).import_file(
            file, source=source, date=date, year=year, complete=tuple(complete or ()), by=author(by), progress=report
        )
    if as_json:
        output.document(as_dict(result))
    else:
        show(result)


def as_dict(result: facts.ImportResult) -> dict[str, Any]:
    """An import as a JSON object: the entry, the counts of cells, the problems."""
    return {
        "entry": result.entry,
        "already": result.already,
        "part": result.part,
        "counts": dict(result.counts),
        "problems": problems(result),
        "columns": list(result.columns),
        "ignored": result.ignored,
    }


def problems(result: facts.ImportResult | None) -> list[dict[str, Any]]:
    """The problems of an import as rows; none where nothing was imported."""
    rows: list[dict[str, Any]] = result.problems.to_pylist() if result else []
    return rows


def show(result: facts.ImportResult) -> None:
    """Tell a person what became of the workbook."""
    if result.already:
        output.show(_("这份文件已经导入过（日志第 {entry} 条），没有重复导入。", entry=result.entry))
    else:
        output.show(_("已导入，日志第 {entry} 条；撤销：rongtong undo {entry}", entry=result.entry))
    output.show(
        _(
            "单元格 {cells} 个：采用 {used}，有原因不采用 {ignored}，有问题 {problems}。",
            **{name: f"{count:,}" for name, count in result.counts.items()},
        )
    )
    found = problems(result)
    if found:
        heads = [_("工作表"), _("行"), _("列"), _("原文"), _("问题"), _("办法")]
        names = ("sheet", "row", "column", "text", "reason", "mend")
        output.show(output.table(heads, ([row[name] for name in names] for row in found[:SHOWN])))
    if len(found) > SHOWN:
        output.show(_("还有 {n} 条，用 --json 列出全部。", n=f"{len(found) - SHOWN:,}"))
