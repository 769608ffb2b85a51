"""All verbs in one command."""

from __future__ import annotations

from typing import Any

import typer

from rongtong import i18n
from rongtong.cli import fields
from rongtong.cli.options import Lang
from rongtong.cli.usage import localise
from rongtong.i18n import mark

HELP = mark("融通：从一份杂乱的企业表格，到签字的合作。")
VERBS = {"fields": fields}


def choose(language: Lang = None) -> None:
    """Use the language that ``--lang`` names."""
    if language:
        i18n.use(language)


def command() -> Any:
    """The command ``rongtong`` with its verbs, its help in the language in use."""
    app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(choose)
    for name, module in VERBS.items():
        app.command(name, help=module.HELP)(module.run)
    return localise(typer.main.get_command(app))
