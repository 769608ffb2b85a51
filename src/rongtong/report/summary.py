"""The first sheet of a report: what it is, by which document, on which facts, how many, and how to check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.report.sheet import Cell, Column, height, write

HEIGHTS = {"title": 30, "section": 24}
_COLUMNS = [Column("", 18), Column("", 80, "wrap")]
_WHOLE = Column("", 98, "wrap")
Line = tuple[str, object, str, str]  # label, content, style of the label, style of the content


def write_summary(
    sheet: Worksheet,
    styles: Mapping[str, Any],
    manifest: Mapping[str, Any],
    counts: Mapping[str, int],
    *,
    firms: int,
    detailed: int,
) -> None:
    """Fill *sheet*; *firms* were judged, for *detailed* of them the clauses are listed."""
    write_lines(sheet, styles, lines(manifest, counts, firms, detailed))


def write_lines(sheet: Worksheet, styles: Mapping[str, Any], told: Iterable[Line]) -> None:
    """Lay out the first sheet of a report so that it prints on one page's width, each text whole."""
    sheet.hide_gridlines(2)
    for index, column in enumerate(_COLUMNS):
        sheet.set_column(index, index, column.width)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for row, (label, content, left, right) in enumerate(told):
        alone = content is None and left == "plain"
        tall = (
            height([Cell(label, "wrap")], [_WHOLE])
            if alone
            else height([Cell("", ""), Cell(content, "wrap")], _COLUMNS)
        )
        sheet.set_row(row, HEIGHTS.get(left) or tall)
        if alone:
            sheet.merge_range(row, 0, row, 1, "", styles["wrap"])
        write(sheet, row, 0, label, styles["wrap" if alone else left])
        write(sheet, row, 1, content, styles[right])
        if left == "section":
            sheet.write_blank(row, 1, None, styles[left])


def lines(manifest: Mapping[str, Any], counts: Mapping[str, int], firms: int, detailed: int) -> Iterator[Line]:
    """The sheet line by line."""
    yield (_("预审结论"), None, "title", "title")
    yield (_("本表是预审，不是认定；是否认定以主管部门公布为准。"), None, "plain", "plain")
    yield from section(_("依据"), basis(manifest))
    yield from section(_("结论"), found(counts, firms))
    yield from section(_("怎么读"), reading(firms, detailed))
    yield from section(_("怎么核对"), checking())


def section(title: str, content: list[tuple[str, object]]) -> Iterator[Line]:
    """A titled block of lines after an empty one."""
    yield ("", None, "note", "note")
    yield (title, None, "section", "section")
    for label, value in content:
        yield (label, value, "label", "count" if isinstance(value, int) else "note")


def basis(manifest: Mapping[str, Any]) -> list[tuple[str, object]]:
    """The rulebook and the facts."""
    return [(label, worded(str(manifest[key]))) for key, label in basis_labels().items() if manifest.get(key)]


def basis_labels() -> dict[str, str]:
    """How the sheet calls what a result is made of, by its name in the manifest."""
    return {
        "title": _("规则"), "document": _("文件"), "number": _("文号"), "rulebook": _("规则编号"), "edition": _("版本"),
        "purpose": _("用途"), "as_of": _("申请日期"), "snapshot": _("快照编号"), "definition": _("规则哈希"),
        "id": _("结果编号"), "software": _("程序版本"),
    }  # fmt: skip


def found(counts: Mapping[str, int], firms: int) -> list[tuple[str, object]]:
    """How many firms have each verdict."""
    return [
        (_("企业"), firms),
        (_("✓ 符合"), counts.get("qualified", 0)),
        (_("✗ 不符合"), counts.get("not_qualified", 0)),
        (_("? 暂不能判定"), counts.get("undetermined", 0)),
    ]


def reading(firms: int, detailed: int) -> list[tuple[str, object]]:
    """What the words and marks mean."""
    result: list[tuple[str, object]] = [
        (_("未知不等于否"), _("缺数据的条款记“未知”，不当作不满足；“还缺什么”按补上后作用的大小排列。")),
        (_("得分"), _("“52–72”表示至少 52 分、至多 72 分，差别在尚未知道的数据。")),
        (_("差额"), _("实际值减去要求值；负数表示还差多少。金额单位为万元。")),
        (_("出处"), _("文件名、工作表和单元格；一项数据有多个来源时列采用的那个。")),
    ]
    if detailed < firms:
        text = _("只列出前 {n} 户的条款；全部条款请用 --out verdicts.parquet 导出。", n=f"{detailed:,}")
        result.append((_("条款明细"), text))
    return result


def checking() -> list[tuple[str, object]]:
    """How a reader recomputes the list."""
    command = _("rongtong verify 本文件")
    return [
        (_("重新计算"), _("{command}：由同一快照和同一规则重算，逐格比对。", command=command)),
        (_("从头核对"), _("{command} --deep：再从原始文件和台账重新读取。", command=command)),
    ]
