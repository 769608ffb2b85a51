"""Pairs of firms that may be one as a workbook: how likely, why, and the commands of which one decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor
from pathlib import Path
from typing import Any

from rongtong.i18n import _
from rongtong.report.sheet import Column, LongSheet, formats
from rongtong.report.whole import written


def duplicates(pairs: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write *pairs* (``left``, ``right``, ``likely``, ``reasons``, ``decide``) to *path* (.xlsx), whole or not at all.

    Raises OSError when it cannot be written.
    """
    with written(path) as book:
        sheet = LongSheet(book, _("查重"), columns(), formats(book))
        for pair in pairs:
            sheet.append(row(pair))
        sheet.finish()


def columns() -> list[Column]:
    """The heading, a column a piece of a pair."""
    return [
        Column(_("可能性"), 9), Column(_("企业"), 30, "wrap"), Column(_("统一社会信用代码"), 21),
        Column(_("另一家"), 30, "wrap"), Column(_("另一家的代码"), 21), Column(_("理由"), 44, "wrap"),
        Column(_("是同一家就照抄"), 44, "wrap"), Column(_("不是同一家就照抄"), 46, "wrap"),
    ]  # fmt: skip  # read by rows


def row(pair: Mapping[str, Any]) -> list[object]:
    """A pair, a line."""
    left, right, decide = pair["left"], pair["right"], pair["decide"]
    return [
        percent(pair["likely"]), left["name"], left["uscc"], right["name"], right["uscc"], "、".join(pair["reasons"]),
        decide["same"], decide["different"],
    ]  # fmt: skip  # read by rows


def percent(likely: float) -> str:
    """How likely, in whole per cent and never more than it is: what is asked is not certain."""
    return f"{floor(round(100 * likely, 2))}%"
