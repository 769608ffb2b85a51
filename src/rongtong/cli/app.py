"""All verbs in one command."""

from __future__ import annotations

from typing import Any

import typer

from rongtong import i18n
from rongtong.cli import (
    assess,
    backup,
    check,
    decide,
    demo,
    explain,
    facts,
    fields,
    import_,
    match,
    project,
    questions,
    sample,
    serve,
    settle,
    undo,
    verify,
)  # fmt: skip
from rongtong.cli.options import Lang
from rongtong.cli.usage import localise
from rongtong.i18n import mark

HELP = mark("融通：从一份杂乱的企业表格，到签字的合作。")
VERBS = {
    "demo": demo, "sample": sample, "fields": fields, "import": import_, "facts": facts, "settle": settle,
    "questions": questions, "undo": undo, "assess": assess, "explain": explain, "match": match, "verify": verify,
    "serve": serve, "backup": backup, "project": project, "check": check,
}  # fmt: skip

#: The order of the help: the way of a fact.
ORDER = ("demo", "sample", "fields", "import", "facts", "settle", "questions", "decide", "undo", "assess", "explain",
         "match", "verify", "serve", "backup", "restore", "project", "check")  # fmt: skip


def choose(language: Lang = None) -> None:
    """Use the language that ``--lang`` names."""
    if language:
        i18n.use(language)


def decisions() -> typer.Typer:
    """The kinds of decision as verbs of their own under ``decide``."""
    group = typer.Typer(no_args_is_help=True)
    for name, (function, text) in decide.VERBS.items():
        group.command(name, help=text)(function)
    return group


def command() -> Any:
    """The command ``rongtong`` with its verbs, its help in the language in use."""
    app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(choose)
    app.add_typer(decisions(), name="decide", help=decide.HELP)
    for name, module in VERBS.items():
        app.command(name, help=module.HELP)(module.run)
    app.command("restore", help=backup.RESTORE_HELP)(backup.restore)
    group: Any = typer.main.get_command(app)
    group.commands = {name: group.commands[name] for name in ORDER}
    return localise(group)
