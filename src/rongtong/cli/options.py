"""The options that several verbs share, and how a home is found."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from rongtong.i18n import Language, mark

HOME = "RONGTONG_HOME"


WORKS_ON = mark("表格文件，或快照（文件夹或编号）；不写则为联盟文件夹的当前快照")

Source = Annotated[str | None, typer.Argument(metavar="FILE|SNAPSHOT", help=WORKS_ON)]
Firm = Annotated[str, typer.Argument(metavar="FIRM", help=mark("企业编号、统一社会信用代码或名称"))]
Seed = Annotated[int, typer.Option("--seed", help=mark("随机种子；同一种子得到同样的内容"))]
Firms = Annotated[int | None, typer.Option("--firms", help=mark("企业数量；默认与 2022 年 10 月的青岛相当"))]
AsJson = Annotated[bool, typer.Option("--json", help=mark("在标准输出上给出一份 JSON，供程序读取"))]
Lang = Annotated[Language | None, typer.Option("--lang", help=mark("提示语言：zh 或 en；可写在任何位置"))]
Home = Annotated[
    Path | None, typer.Option("--home", help=mark("联盟文件夹；默认取环境变量 RONGTONG_HOME，再默认 ./rongtong-home"))
]
SourceKind = Annotated[str, typer.Option("--source", help=mark("来源种类，如 district_workbook、bureau_reply"))]
Date = Annotated[str | None, typer.Option("--date", help=mark("数据的基准日期，如 2022-06-30"))]
Year = Annotated[int | None, typer.Option("--year", help=mark("报告年度：标题没写年份的逐年栏目属于这一年"))]
By = Annotated[str | None, typer.Option("--by", help=mark("经办人，记入台账；默认为当前登录用户"))]
Answers = Annotated[
    int | None, typer.Option("--answers", help=mark("这项决定所答复的台账条目号；其后已有变动时会被拒绝"))
]
Out = Annotated[Path | None, typer.Option("--out", help=mark("写入文件，格式由后缀决定"))]
Rulebook = Annotated[str, typer.Option("--rulebook", help=mark("规则编号，如 cn/srdi-sme"))]
Edition = Annotated[str | None, typer.Option("--edition", help=mark("规则版本；默认由用途和申请日期决定"))]
Purpose = Annotated[Literal["new", "review"], typer.Option("--purpose", help=mark("用途：new 新申请，review 复核"))]
AsOf = Annotated[str | None, typer.Option("--as-of", help=mark("申请日期，如 2022-10-25；默认取快照的基准日期"))]


def home_of(given: Path | None) -> Path:
    """The alliance folder: the one given, else RONGTONG_HOME, else ./rongtong-home."""
    return given or Path(os.environ.get(HOME) or "rongtong-home")


def author(given: str | None) -> str:
    """Who does this: the name given, else the user of the machine."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
