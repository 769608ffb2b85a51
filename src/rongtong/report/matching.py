"""A matching as a workbook: each need with its candidates, why, against and what to ask; capacities; trade-off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from xlsxwriter import Workbook

from rongtong.definitions.wording import worded
from rongtong.i18n import _, joined
from rongtong.match.constraints import constraints
from rongtong.match.words import words
from rongtong.report import figures
from rongtong.report.sheet import Cell, Column, LongSheet, formats
from rongtong.report.summary import Line, basis_labels, section, write_lines
from rongtong.report.whole import written

Row = Mapping[str, Any]


class Matching(Protocol):
    """What a report needs of a matching."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What it was made of, and the counts."""

    @property
    def tradeoff(self) -> pa.Table:
        """What needs and firms get at each point."""

    def rows(self) -> Iterable[Row]:
        """One row a need with its candidates."""

    def firms(self) -> Iterable[Row]:
        """One row a candidate firm."""


def matching(found: Matching, path: Path) -> None:
    """Write *found* to *path* (.xlsx), whole or not at all. Raises OSError when it cannot be written."""
    with written(path) as book:
        fill(found, book)


def fill(found: Matching, book: Workbook) -> None:
    """Write the four sheets."""
    styles = formats(book)
    write_lines(book.add_worksheet(_("说明")), styles, lines(found.manifest))
    candidates = LongSheet(book, _("需求与候选"), _candidate_columns(), styles)
    for row in found.rows():
        candidates.band(head(row), "band")
        for one in row["candidates"]:
            candidates.append(candidate_row(row, one))
    candidates.finish()
    parts: list[tuple[str, list[Column], Iterable[list[object]]]] = [
        (_("企业容量"), _firm_columns(), map(firm_row, found.firms())),
        (_("权衡"), _point_columns(), (point_row(row, found.manifest) for row in found.tradeoff.to_pylist())),
    ]
    for name, columns, rows in parts:
        sheet = LongSheet(book, name, columns, styles)
        for line in rows:
            sheet.append(line)
        sheet.finish()


def lines(manifest: Mapping[str, Any]) -> Iterator[Line]:
    """The first sheet line by line."""
    counts, names = manifest["counts"], basis_labels()
    yield (_("供需对接建议"), None, "title", "title")
    yield (_("本表是建议，介绍之前须双方同意；不代表任何一方的承诺。"), None, "plain", "plain")
    stated = [(names[key], str(manifest[key])) for key in ("snapshot", "id", "software") if manifest.get(key)]
    yield from section(_("依据"), [(_("运行日期"), manifest["as_of"]), (_("检索模型"), manifest["model"]), *stated])
    found: list[tuple[str, object]] = [
        (_("需求"), counts["needs"]), (_("供给"), counts["offers"]), (_("介绍"), counts["introductions"]),
        (_("得到介绍的企业"), counts["firms_used"]), (_("把握合计"), f"{counts['total']:.2f}"),
        (_("上限"), f"{counts['bound']:.2f}"),
    ]  # fmt: skip
    yield from section(_("合计"), found)
    if passed_over := manifest["passed_over"]:
        yield from section(
            _("没有认出、未采用的栏目"), [(place(one), f"{one['heading']}：{one['why']}") for one in passed_over]
        )
    yield from section(_("怎么读"), reading(manifest))
    yield from section(
        _("怎么核对"), [(_("重新计算"), _("rongtong verify 本文件：由封存的需求和供给重算，逐格比对。"))]
    )


def place(column: Row) -> str:
    """Where a column stands: its file and letter."""
    return _("{file} {column} 列", file=column["file"], column=column["column"])


def reading(manifest: Mapping[str, Any]) -> list[tuple[str, object]]:
    """What the words mean."""
    floor = manifest["choices"]["floor"]
    promise = _(
        "排在某条需求前 {top} 名的企业还没有一次介绍时，没有企业得到第 {ahead} 次。",
        top=floor["top"],
        ahead=floor["ahead"],
    )
    return [
        (_("硬条件"), _("不满足硬条件的企业不会出现；不知道是否满足的照列，并写明要问企业的问题。")),
        (_("名次"), _("按企业会做所求之物的可能排先后，每有一项未知的硬条件再打折；只说先后，不是成功率。")),
        (_("把握合计"), _("各次介绍的把握相加，只用来比较几种分法；不是预计的成交数。")),
        (_("底线"), promise),
        (_("权衡"), _("照顾更多企业要由需求方分担；“权衡”一页列出各点得失，由秘书处选定后用 --spread 重算。")),
    ]


def _candidate_columns() -> list[Column]:
    return [
        Column(_("需求"), 7), Column(_("名次"), 6, "count"), Column(_("介绍"), 8),
        Column(_("企业名称"), 22, "wrap"), Column(_("产品"), 16, "wrap"), Column(_("理由"), 34, "wrap"),
        Column(_("不利"), 22, "wrap"), Column(_("未知"), 30, "wrap"), Column(_("要问企业的问题"), 34, "wrap"),
        Column(_("统一社会信用代码"), 20), Column(_("供给编号"), 10, "wrap"),
    ]  # fmt: skip


def head(need: Row) -> str:
    """A need over its candidates: what and whose it is, what it asks, what it wishes, and why nobody is introduced."""
    what = need["title"] or need["product"] or need["text"] or ""
    kind = worded(need["kind_label"]) if need["kind_label"] else ""
    first = "　".join(part for part in (f"{need['need']} {what}".strip(), need["name"] or "", kind) if part)
    more = (asked(need), wished(need), ruled_out(need), none(need))
    return "\n".join(part for part in (first, *more) if part)


def candidate_row(need: Row, one: Row) -> list[object]:
    """A candidate below its need."""
    return [
        need["need"], one["place"], Cell(_("✓ 介绍"), "yes") if one["introduced"] else "", one["name"], one["product"],
        told(one["why"], "what"), told(one["against"], "what"), told(one["unknown"], "what"),
        told(one["unknown"], "question"), one["uscc"], one["offer"],
    ]  # fmt: skip


def none(need: Row) -> str:
    """Why nobody is introduced to a need; nothing where somebody is."""
    why = {
        "repeats": _("与 {need} 说的是同一件事，不重复占用名额。", need=need["repeats"]),
        "room": _("候选企业的名额都已给了别的需求。"),
        "refused": _("相近的供给都不满足硬条件，没有候选。"),
        "nothing_alike": _("没有足够相近的供给，不勉强介绍。"),
        None: "",
    }
    return why[need["none"]]


def told(items: Iterable[Row], name: str) -> str:
    """Facts, a line each."""
    return "\n".join(str(one[name]) for one in items)


def asked(need: Row) -> str:
    """What a need asks of firms."""
    budget = figures.value(need["budget"], "money") if need["budget"] is not None else ""
    parts = [
        (_("数量"), amount(need)), (_("预算"), budget), (_("日期"), str(need["needed_by"] or "")),
        (_("地区"), _items(need["regions"])), (_("称号"), _items(need["titles"])),
        (_("认证"), _items(need["certificates"])), (_("规则"), _items(need["rulebooks"])),
    ]  # fmt: skip
    said = joined((f"{label} {text}" for label, text in parts if text), "；")
    return _("要求：{said}", said=said) if said else ""


def wished(need: Row) -> str:
    """What a need wishes for and does not ask."""
    said = joined(
        (f"{worded(constraints()[one['constraint']].label)} {_items(one['asked'])}" for one in need["wishes"]), "；"
    )
    return _("希望（不作硬条件）：{said}", said=said) if said else ""


def amount(need: Row) -> str:
    """How many are needed, with their unit."""
    return "" if need["quantity"] is None else f"{need['quantity'].normalize():,f}{need['unit'] or ''}"


def _items(items: Iterable[str]) -> str:
    return joined(worded(words().label_of(one)) for one in items)


def ruled_out(need: Row) -> str:
    """How many offers each hard constraint ruled out."""
    parts = [f"{worded(constraints()[name].label)} {count}" for name, count in need["refused"].items()]
    return _("因硬条件排除的供给：{parts}", parts=joined(parts)) if parts else ""


def _firm_columns() -> list[Column]:
    return [
        Column(_("企业名称"), 34, "wrap"), Column(_("统一社会信用代码"), 21), Column(_("容量"), 8, "count"),
        Column(_("介绍"), 8, "count"), Column(_("候选次数"), 10, "count"), Column(_("最好名次"), 10, "count"),
        Column(_("没有得到介绍的原因"), 44, "wrap"), Column(_("企业编号"), 20),
    ]  # fmt: skip


def firm_row(row: Row) -> list[object]:
    """A firm: what it takes and gets."""
    why = {
        "no_room": _("企业不再接受对接"), "no_place": _("排得上的企业多于需求的名额"),
        "worth_less": _("名额给了把握更大的企业"), None: "",
    }  # fmt: skip
    return [
        row["name"], row["uscc"], row["capacity"], row["introductions"], row["candidate_of"], row["best_place"],
        why[row["left_out"]], row["firm"],
    ]  # fmt: skip


def _point_columns() -> list[Column]:
    return [
        Column(_("分散权重 --spread"), 18), Column(_("选用"), 8), Column(_("把握合计"), 12),
        Column(_("介绍"), 8, "count"), Column(_("最差的需求得到"), 16), Column(_("名额已满的需求"), 16, "count"),
        Column(_("得到介绍的企业"), 16, "count"), Column(_("一家最多"), 10, "count"), Column(_("基尼系数"), 10),
        Column(_("前列而未得到介绍的企业"), 24, "count"), Column(_("底线如何守住"), 34, "wrap"),
    ]  # fmt: skip


def point_row(row: Row, manifest: Row) -> list[object]:
    """A point of the trade-off."""
    ways = {
        "held": _("本来就守住"), "everybody": _("前列企业每家至少一次"), "ceiling": _("没有企业达到上限次数"),
        None: _("未设底线"),
    }  # fmt: skip
    here = Cell(_("✓ 选用"), "yes") if row["spread"] == manifest["choices"]["spread"] else ""
    return [
        f"{row['spread']:g}", here, f"{row['total']:.2f}", row["introductions"], f"{row['worst_need']:.3f}",
        row["needs_filled"], row["firms_used"], row["most"], f"{row['gini']:.3f}", row["left_out"], ways[row["way"]],
    ]  # fmt: skip
