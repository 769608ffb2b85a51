"""The verdicts of one assessment as a workbook an officer can filter, print and hand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from xlsxwriter import Workbook

from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.report import figures, labels
from rongtong.report.sheet import Cell, Column, LongSheet, formats
from rongtong.report.summary import write_summary
from rongtong.report.whole import written

Row = Mapping[str, Any]
#: The rows of clauses beyond which nobody filters a sheet any more, and it takes longer to write than to judge.
DETAILS = 100_000
#: How many failing clauses or missing facts a firm's row tells.
ITEMS = 5


class Assessment(Protocol):
    """What a report needs of an assessment."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Rulebook, edition, document, dates, snapshot, versions."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Firms by verdict."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The text of each clause by its id, in the order of the rulebook."""

    def rows(self) -> Iterable[Row]:
        """One row a firm: firm, uscc, name, verdict, score, clauses, missing."""


def verdicts(assessment: Assessment, path: Path) -> None:
    """Write *assessment* to *path* (.xlsx): a summary, one row a firm, one row a firm and clause.

    Clauses are listed up to :data:`DETAILS` rows (the summary says so where they are more). The file appears whole or
    not at all. Raises OSError when it cannot be written.
    """
    with written(path) as book:
        fill(assessment, book)


def fill(assessment: Assessment, book: Workbook) -> None:
    """Write the three sheets; firms and clauses grow side by side while the rows are read once."""
    styles = formats(book)
    summary = book.add_worksheet(_("说明"))
    firms = LongSheet(book, _("企业结论"), firm_columns(), styles)
    clauses = LongSheet(book, _("条款明细"), clause_columns(), styles)
    detailed = 0
    for row in assessment.rows():
        firms.append(firm_row(row, assessment.titles))
        if clauses.rows + len(row["clauses"]) <= DETAILS:
            detailed += 1
            for line in clause_rows(row, assessment.titles):
                clauses.append(line)
    write_summary(summary, styles, assessment.manifest, assessment.counts, firms=firms.rows, detailed=detailed)
    firms.finish()
    clauses.finish()


def firm_columns() -> list[Column]:
    """The columns of the sheet of firms."""
    return [
        Column(_("企业名称"), 34, "wrap"), Column(_("统一社会信用代码"), 21), Column(_("结论"), 13),
        Column(_("得分"), 10), Column(_("最低分"), 8, "number"), Column(_("最高分"), 8, "number"),
        Column(_("不满足的条款"), 44, "wrap"), Column(_("还缺什么"), 44, "wrap"), Column(_("由谁提供"), 26, "wrap"),
        Column(_("企业编号"), 20),
    ]  # fmt: skip  # read by rows


def clause_columns() -> list[Column]:
    """The columns of the sheet of clauses."""
    return [
        Column(_("企业名称"), 34), Column(_("统一社会信用代码"), 21), Column(_("条款"), 10),
        Column(_("条款内容"), 44, "wrap"), Column(_("满足"), 9), Column(_("得分"), 10),
        Column(_("依据的数据"), 44, "wrap"), Column(_("出处"), 44, "wrap"), Column(_("差额"), 14),
    ]  # fmt: skip  # read by rows


def verdict(word: str) -> Cell:
    """A verdict in words, with its mark and colour."""
    return {
        "qualified": Cell(_("✓ 符合"), "yes"),
        "not_qualified": Cell(_("✗ 不符合"), "no"),
        "undetermined": Cell(_("? 暂不能判定"), "unknown"),
    }[word]


def holds(answer: bool | None) -> Cell:
    """Whether a clause holds, with its mark and colour."""
    if answer is None:
        return Cell(_("? 未知"), "unknown")
    return Cell(_("✓ 满足"), "yes") if answer else Cell(_("✗ 不满足"), "no")


def firm_row(row: Row, titles: Mapping[str, str]) -> list[object]:
    """A firm as a row: what was found, what fails and by how much, what is missing and who has it."""
    low, high = row["score"] or (None, None)
    failing = [line for line in row["clauses"] if line["holds"] is False]
    return [
        row["name"], row["uscc"], verdict(row["verdict"]), figures.score(row["score"]), low, high,
        first([worded(titles.get(line["id"], line["id"])) + shortfall(line) for line in failing]),
        first([labels.of_slot(slot) for slot in row["missing"]]),
        "、".join(dict.fromkeys(filter(None, map(labels.settled_by, row["missing"][:ITEMS])))),
        row["firm"],
    ]  # fmt: skip  # read by rows


def first(items: Sequence[str]) -> str:
    """The first few of *items*, a line each, and how many more there are: a row stays one that can be scanned."""
    more = [_("…… 共 {n} 项，见条款明细", n=len(items))] if len(items) > ITEMS else []
    return "\n".join([*items[:ITEMS], *more])


def shortfall(line: Row) -> str:
    """By how much a clause fails, where that is a number."""
    return _("（差额 {margin}）", margin=labels.margin(line)) if line.get("margin") is not None else ""


def clause_rows(row: Row, titles: Mapping[str, str]) -> Iterator[list[object]]:
    """The clauses of a firm as rows: what was decided, on which values, from which cells."""
    for line in row["clauses"]:
        yield [
            row["name"], row["uscc"], line["id"], worded(titles.get(line["id"], "")),
            holds(line["holds"]), figures.score(line["points"]),
            "\n".join(f"{labels.of_slot(slot)}：{labels.of_value(slot, v)}" for slot, v in line["values"].items()),
            "\n".join(places(line["sources"])), labels.margin(line),
        ]  # fmt: skip  # read by rows


def places(sources: Mapping[str, Any]) -> Iterator[str]:
    """Where the values of a clause stand: “区市汇总表.xlsx Sheet1!D17”, each once."""
    found = (place for source in sources.values() for place in (source if isinstance(source, list) else [source]))
    return iter(dict.fromkeys(f"{p['file']} {p['sheet']}!{p['cell']}{labels.whose(p)}" for p in found if p))
