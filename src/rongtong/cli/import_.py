"""``rongtong import``: a workbook into the alliance folder, with an account of every cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer
from openpyxl.utils import get_column_letter

from rongtong import facts
from rongtong.cli import output, tables
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, By, Date, Home, SourceKind, Year, author, home_of
from rongtong.cli.progress import progress
from rongtong.facts.reading import mark as mark_problems
from rongtong.facts.reading.model import Column, unrecognised
from rongtong.i18n import _, joined, mark

SHOWN = 20

Marked = Annotated[Path | None, typer.Option("--marked", help=mark("把问题标在原表的副本上，写入这个 .xlsx"))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=mark("表格文件"))]
Complete = Annotated[
    list[str] | None,
    typer.Option(
        "--complete", help=mark("本表对所列企业完整的清单，如 negative_records.environment:2019-2022；可写多次")
    ),
]
Number = Annotated[str, typer.Option("--number", help=mark("来文的文号，如 青税函〔2022〕5号；依据它的条款都写明"))]


def run(
    file: File,
    source: SourceKind = "district_workbook",
    date: Date = None,
    year: Year = None,
    complete: Complete = None,
    number: Number = "",
    marked: Marked = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import a workbook and say what became of its cells."""
    tables.destination(marked, (".xlsx",), file)
    with progress() as report:
        result = alliance(home_of(home), create=True).import_file(
            file, source=source, date=date, year=year, complete=tuple(complete or ()), number=number, by=author(by),
            progress=report,
        )  # fmt: skip
        if marked:
            report(_("写入 {file}", file=marked.name), 0.95)
            tables.whole(marked, lambda unfinished: mark_problems(file, result.reading, unfinished))
    if as_json:
        output.document(as_dict(result))
    else:
        show(result)
        if marked:
            output.show(_("存疑的单元格已标在 {file}", file=marked))


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
        "passed": result.reading.passed.to_pylist(),
    }


def problems(result: facts.ImportResult | None) -> list[dict[str, Any]]:
    """The problems of an import as rows; none where nothing was imported."""
    rows: list[dict[str, Any]] = result.problems.to_pylist() if result else []
    return rows


def heading_at(column: Column) -> str:
    """A heading with its place: “Sheet1!C 吉祥物”."""
    sheet = f"{column.sheet}!" if column.sheet else ""
    return f"{sheet}{get_column_letter(column.index + 1)} {column.heading}"


def show(result: facts.ImportResult) -> None:
    """Tell a person what became of the workbook."""
    if result.already:
        output.show(_("这份文件已经导入过（台账第 {entry} 条），没有重复导入。", entry=result.entry))
    else:
        output.show(_("已导入，台账第 {entry} 条；撤销：rongtong undo {entry}", entry=result.entry))
    told = _("单元格 {cells} 个：采用 {used}，有原因不采用 {ignored}，有问题 {problems}。",
             **{name: f"{count:,}" for name, count in result.counts.items()})  # fmt: skip
    output.show(told)
    show_passed(result.reading.passed)
    show_unrecognised(result.reading.columns)
    show_problems(problems(result))


def show_passed(passed: pa.Table) -> None:
    """The first rows that are used in nothing, and why."""
    rows = passed.filter(pc.greater(passed["row"], 0))
    if rows.num_rows:
        output.show(_("整行不采用的 {n} 行：", n=f"{rows.num_rows:,}"))
        heads = {"sheet": _("工作表"), "row": _("行"), "text": _("内容"), "reason": _("原因"), "mend": _("办法")}
        output.show(output.listed(heads, rows.slice(0, SHOWN).to_pylist()))


def show_unrecognised(columns: Sequence[Column]) -> None:
    """The columns that were not recognised, and what to do about them."""
    unknown = list(map(heading_at, unrecognised(columns)))
    if unknown:
        shown = joined(unknown[:SHOWN])
        output.show(_("没有认出的栏目 {n} 个，其内容未采用：{columns}", n=len(unknown), columns=shown))
        output.show(_("属于某个字段的，用 rongtong decide heading 标题 字段 指明后重新导入；字段见 rongtong fields。"))


def show_problems(found: list[dict[str, Any]]) -> None:
    """The first problems, and where the others are to be had."""
    if found:
        place = {"sheet": _("工作表"), "row": _("行"), "column": _("列"), "text": _("原文")}
        output.show(output.listed(place | {"reason": _("问题"), "mend": _("办法")}, found[:SHOWN]))
    if len(found) > SHOWN:
        more = f"{len(found) - SHOWN:,}"
        output.show(_("还有 {n} 条；--marked 标注.xlsx 把全部问题标在原表的副本上，--json 列出全部。", n=more))
