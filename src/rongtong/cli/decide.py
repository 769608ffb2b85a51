"""``rongtong decide``: what a person decides, as an entry of the journal that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import Answers, AsJson, By, Firm, Home, author, home_of
from rongtong.errors import InputError
from rongtong.i18n import _, mark
from rongtong.identity import uscc

Other = Annotated[str, typer.Argument(metavar="OTHER", help=mark("另一家企业"))]
Sure = Annotated[bool, typer.Option("--yes", help=mark("两家各有有效的信用代码，仍确认是同一家"))]
Slot = Annotated[str, typer.Argument(metavar="FIELD", help=mark("字段，如 revenue[2021]；标题用 ignore 表示不采用"))]
Value = Annotated[str, typer.Argument(metavar="VALUE", help=mark("值，写法同表格，如 1.2亿"))]


def same(
    firm: Firm,
    other: Other,
    sure: Sure = False,
    answers: Answers = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Two are one firm."""
    entry = alliance(home_of(home)).decide_same(firm, other, by=author(by), answers=answers, sure=sure)
    told(entry, as_json=as_json)


def different(
    firm: Firm, other: Other, answers: Answers = None, by: By = None, home: Home = None, as_json: AsJson = False
) -> None:
    """Two are not one firm."""
    told(alliance(home_of(home)).decide_different(firm, other, by=author(by), answers=answers), as_json=as_json)


def heading(
    heading: Annotated[str, typer.Argument(metavar="HEADING", help=mark("表格里的标题原文"))],
    slot: Slot,
    answers: Answers = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """A heading means a field."""
    told(alliance(home_of(home)).decide_heading(heading, slot, by=author(by), answers=answers), as_json=as_json)


def value(
    firm: Firm,
    slot: Slot,
    value: Value,
    answers: Answers = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Of several claims this one wins."""
    told(alliance(home_of(home)).decide_value(firm, slot, value, by=author(by), answers=answers), as_json=as_json)


def listed(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=mark("名单上的写法：名称，或代码"))],
    firm: Annotated[str | None, typer.Argument(metavar="FIRM", help=mark("是哪家企业"))] = None,
    apart: Annotated[list[str] | None, typer.Option("--not", help=mark("不是这家企业；可写多次"))] = None,
    code: Annotated[str | None, typer.Option("--code", help=mark("名单上名称旁边的代码"))] = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """What a list calls so is a firm, or none of some."""
    if firm and apart:
        raise InputError(_("说了是哪家，就不用再说不是哪家"), place="--not", mend=_("请只写一样"))
    wording = (code, text) if code or not uscc.is_valid(text) else (text, None)
    told(alliance(home_of(home)).answer(wording, firm, apart=apart or (), by=author(by)), as_json=as_json)


def reading(
    file: Annotated[Path, typer.Argument(metavar="FILE|ENTRY", help=mark("表格文件，或它导入时的台账条目号"))],
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help=mark("工作表名"))],
    cell: Annotated[str, typer.Argument(metavar="CELL", help=mark("单元格，如 D17"))],
    value: Value,
    answers: Answers = None,
    by: By = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """A cell was read wrong; the document says this."""
    opened = alliance(home_of(home))
    source = int(file.name) if file.name.isdecimal() and not file.exists() else file
    told(opened.correct_reading(source, sheet, cell, value, by=author(by), answers=answers), as_json=as_json)


def told(entry: int, *, as_json: bool) -> None:
    """Say under which number the decision stands."""
    if as_json:
        output.document({"entry": entry})
    else:
        output.show(_("已记入台账第 {entry} 条；撤销：rongtong undo {entry}", entry=entry))


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "same": (same, mark("两条记录是同一家企业")),
    "different": (different, mark("两条记录不是同一家企业")),
    "heading": (heading, mark("某个标题是某个字段")),
    "value": (value, mark("某项事实取某个值")),
    "listed": (listed, mark("名单上的写法是哪家企业，或不是哪几家")),
    "reading": (reading, mark("某个单元格读错了，原件上写的是另一个值")),
}
