"""All verbs in one command."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any, NamedTuple

import typer

from rongtong import i18n
from rongtong.cli.options import Lang
from rongtong.cli.usage import localise
from rongtong.i18n import mark

HELP = mark("融通：从一份杂乱的企业表格，到签字的合作。")


class Verb(NamedTuple):
    """Where a verb is (module and function of this package), and what the help says of it."""

    module: str
    function: str
    help: str


#: In the order of the help: the way of a fact.
VERBS = {
    "demo": Verb("demo", "run", mark("演示：生成样例联盟，导入各区市的表格，结算，逐户预审，写出 Excel")),
    "sample": Verb("sample", "run", mark("生成样例联盟：各区市的汇总表、部门复函和已知的真值")),
    "fields": Verb("fields", "run", mark("列出字段目录：编号、名称、单位、种类")),
    "import": Verb("import_", "run", mark("导入一份表格（.xlsx、.xls、.csv），交代每个单元格的去向")),
    "facts": Verb("facts", "run", mark("列出事实：哪家企业、哪个字段、什么值、出自哪个单元格")),
    "settle": Verb("settle", "run", mark("结算：按来源次序取定每项事实，得到一份不再改变的快照")),
    "questions": Verb(
        "questions", "run", mark("列出待人判断的事：哪些可能是同一家企业，哪些数据来源说法不一，各附一条可照抄的命令")
    ),
    "duplicates": Verb(
        "duplicates", "run", mark("查重：库内哪些企业可能登记了两次，可能性、理由和判定的命令；判定过的不再列出")
    ),
    "compare": Verb("compare", "run", mark("名单比对：一份名单逐行与企业库比对，一致、待核或库内没有，结果填回名单")),
    "decide": Verb(
        "decide", "run", mark("记入一项决定：两条是同一家、不是同一家、标题的含义、取哪个值、单元格该怎么读")
    ),
    "identity": Verb(
        "identity", "run", mark("谁是谁：多少个提问换多少个差错，选定门槛；用已作的决定重新校准，评估后启用")
    ),
    "undo": Verb("undo", "run", mark("撤销台账中的一条（也可以撤销一次撤销）；不写条目号则列出台账")),
    "assess": Verb("assess", "run", mark("预审：按规则判定每家企业，结论引到条款和单元格")),
    "explain": Verb(
        "explain", "run", mark("讲清一家企业的结论：每个条款满足与否、用了什么数据、出自哪个单元格、还差多少")
    ),
    "diff": Verb("diff", "run", mark("两版规则或两份结果在企业上的差别：谁进来、谁出去、因为哪一条")),
    "what-if": Verb("what_if", "run", mark("假如：改动规则的界限，在全部企业上试算，前后对比；也列出只差一步的企业")),
    "path": Verb("path", "run", mark("最省力的办法：一家企业到某一天要符合，最少要补什么、改变什么，逐步说明")),
    "match": Verb("match", "run", mark("对接：为需求找供方，写明理由、不利和要问的问题，全市场公平分配介绍")),
    "verify": Verb("verify", "run", mark("核对一份结果：由快照和规则重算；--deep 再从原始文件和台账重读")),
    "serve": Verb("serve", "run", mark("打开平台：网页服务和后台进程，Ctrl-C 结束")),
    "backup": Verb("backup", "run", mark("备份：联盟文件夹和数据库写入一个文件")),
    "restore": Verb("backup", "restore", mark("恢复：从备份文件恢复到一个空文件夹，并核对快照编号一致")),
    "project": Verb("project", "run", mark("重建平台的投影表：从快照重做，并说明与原来是否一致")),
    "check": Verb("check", "run", mark("体检：检查部署，说明哪里不对、怎么改")),
}


def command(named: Collection[str] = VERBS.keys()) -> Any:
    """The command ``rongtong`` with its verbs, its help in the language in use.

    Of the verbs that are not *named* only the help is there: to load them all takes seconds.
    """
    app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(_choose)
    for name, verb in VERBS.items():
        if name == "decide" and name in named:
            app.add_typer(_decisions(), name=name, help=verb.help)
        else:
            app.command(name, help=verb.help)(_function(verb) if name in named else _not_loaded)
    group: Any = typer.main.get_command(app)
    group.commands = {name: group.commands[name] for name in VERBS}
    return localise(group)


def _choose(language: Lang = None) -> None:
    """Use the language that ``--lang`` names."""
    if language:
        i18n.use(language)


def _function(verb: Verb) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(f"rongtong.cli.{verb.module}"), verb.function)
    return function


def _not_loaded() -> None:
    raise LookupError


def _decisions() -> typer.Typer:
    """The kinds of decision as verbs of their own under ``decide``."""
    from rongtong.cli import decide  # noqa: PLC0415 -- like every verb, loaded when it is called

    group = typer.Typer(no_args_is_help=True)
    for name, (function, text) in decide.VERBS.items():
        group.command(name, help=text)(function)
    return group
