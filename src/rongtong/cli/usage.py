"""Help and usage errors in the reader's language.

Typer speaks English. The help of verbs and options is marked in Chinese and translated when the command is built;
usage errors are recognised by their English text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer import rich_utils
from typer.exceptions import TyperException

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.i18n import LANGUAGES, _

#: Typer's messages, and what they are in the reader's language; groups keep their names.
MESSAGES: dict[str, Callable[[], str]] = {
    r"Missing (?:argument|option|parameter):? (?P<name>\S.*?)\.": lambda: _("缺少参数 {name}"),
    r"No such option: (?P<name>\S+)": lambda: _("没有选项 {name}"),
    r"No such command '(?P<name>.*)'": lambda: _("没有命令 {name}"),
    r"Missing command": lambda: _("缺少命令"),
    r"Got unexpected extra argument\(s\) \((?P<name>.*)\)": lambda: _("多余的参数 {name}"),
    r"Option '(?P<name>.*)' requires an argument": lambda: _("选项 {name} 后面缺少内容"),
    r"Option '(?P<name>.*)' does not take a value": lambda: _("选项 {name} 后面不应有内容"),
    r"Invalid value for (?P<name>.*?): (?:Value error, )?(?P<problem>.*)": lambda: _(
        "参数 {name} 的内容不能用：{problem}"
    ),
    r"(?P<problem>.*)": lambda: _("参数有误：{problem}"),
}


def lifted(arguments: Sequence[str]) -> list[str]:
    """*arguments* with ``--lang`` brought to the front, where it belongs to every verb alike."""
    front: list[str] = []
    rest = list(arguments)
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" or argument.startswith("--lang="):
            front = list(arguments[index : index + (argument == "--lang") + 1])
            rest = [*arguments[:index], *arguments[index + len(front) :]]
    return front + rest


def language_in(arguments: Sequence[str]) -> str | None:
    """The language at the front of *arguments* as :func:`lifted` returns them, if it is one."""
    named = " ".join(arguments[:2]).removeprefix("--lang").lstrip("= ").split(" ")[0]
    return named if named in LANGUAGES and arguments[0].startswith("--lang") else None


def explained(error: TyperException) -> InputError:
    """A usage error of Typer's as an error with a mend."""
    text = error.format_message().strip()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "rongtong"
    for pattern, template in MESSAGES.items():
        match = re.match(pattern, text, re.DOTALL)
        if match:
            text = text if i18n.language() == "en" else template().format(**match.groupdict(""))
            break
    return InputError(text, mend=_("用法见 {command} --help", command=path))


def localise(command: Any) -> Any:
    """Translate the help of *command* and of all below it."""
    rich_utils.OPTIONS_PANEL_TITLE = _("选项")
    rich_utils.ARGUMENTS_PANEL_TITLE = _("参数")
    rich_utils.COMMANDS_PANEL_TITLE = _("命令")
    rich_utils.DEFAULT_STRING = _("[默认：{}]")
    rich_utils.REQUIRED_LONG_STRING = _("[必填]")
    translate(command)
    return command


def translate(command: Any) -> None:
    """Put the help texts of *command*, its parameters and its verbs into the language in use."""
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = i18n.translate(part.help)
    asking = command.get_help_option(typer.Context(command))
    asking.help = _("显示用法")
    for part in (asking, *command.params):
        if getattr(part, "is_flag", False):
            part.metavar = ""  # a switch takes no value
    for below in getattr(command, "commands", {}).values():
        translate(below)
