"""Where a verb's words go: one JSON document or a readable text on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rongtong.errors import InputError
from rongtong.i18n import _


def console() -> Console:
    """Readable text for people, on stdout."""
    return Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120)


def errors() -> Console:
    """Progress, notes and errors, on stderr."""
    return Console(stderr=True, highlight=False)


def show(*parts: RenderableType) -> None:
    """Print *parts* for a person; text is taken literally, never as markup."""
    for part in parts:
        console().print(Text(visible(part)) if isinstance(part, str) else part)


def whole(*lines: str) -> None:
    """Print lines that are not broken, however narrow the terminal: somebody copies what stands in them."""
    for line in lines:
        console().print(Text(visible(line)), soft_wrap=True)


#: Control characters, which would steer a terminal, as the signs that stand for them.
_CONTROLS: dict[int, str] = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"}
_CONTROLS |= dict.fromkeys(range(127, 160), "␥")
_LONGEST = 400


def visible(text: str) -> str:
    """*text* without anything that would steer the terminal it is printed on."""
    return text.translate(_CONTROLS)


def shortened(text: str) -> str:
    """The beginning of a text too long for a table; ``--json`` has all of it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def say(text: str) -> None:
    """A note to the person at the terminal, on stderr."""
    errors().print(Text(visible(text)))


def failure(error: InputError, *, as_json: bool) -> None:
    """Say what is wrong, where, and what to do; as the one document on stdout too, when JSON was asked for."""
    text = Text(_("错误："), style="bold red")
    text.append(visible(str(error)), style="default")
    if error.mend:
        text.append("\n" + _("办法：{mend}", mend=visible(error.mend)), style="default")
    errors().print(text)
    if as_json:
        try:
            document(error.as_dict())
        except OSError:  # stdout itself is what failed
            deafen(sys.stdout)


def deafen(file: TextIO) -> None:
    """Lead *file* nowhere, so that what is left in its buffer cannot fail once more when Python (3.12 on) leaves."""
    with suppress(OSError, ValueError):  # a stream without a file of its own keeps nothing back
        os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())


def plain(value: object) -> object:
    """The JSON form of a value that JSON has no word for: dates in ISO 8601, exact numbers as numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(type(value).__name__)


def dumps(value: object, *, ascii_only: bool = False) -> str:
    """*value* as JSON on one line."""
    return json.dumps(value, ensure_ascii=ascii_only, default=plain, allow_nan=False)


def document(content: Mapping[str, object]) -> None:
    """Print one JSON document on stdout."""
    stream(sys.stdout, content)
    sys.stdout.flush()


def stream(file: TextIO, content: Mapping[str, object]) -> None:
    """Write one JSON document; a value that is an iterator is written row by row, so a million rows need no memory."""
    ascii_only = (file.encoding or "utf-8").lower().replace("-", "") != "utf8"
    file.write("{")
    for index, (key, value) in enumerate(content.items()):
        file.write(f"{', ' if index else ''}{dumps(key)}: ")
        if isinstance(value, Iterable) and not isinstance(value, str | Mapping | list | tuple | set | frozenset):
            rows(file, value, ascii_only=ascii_only)
        else:
            file.write(dumps(value, ascii_only=ascii_only))
    file.write("}\n")


def rows(file: TextIO, values: Iterable[Any], *, ascii_only: bool) -> None:
    """Write *values* as a JSON array, one a line."""
    file.write("[")
    for index, value in enumerate(values):
        file.write((",\n" if index else "\n") + dumps(value, ascii_only=ascii_only))
    file.write("]")


def table(headings: Iterable[str], lines: Iterable[Iterable[object]], *, title: str = "") -> Table:
    """A table for a person; None is shown as a dash."""
    result = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for heading in headings:
        result.add_column(heading, overflow="fold")
    for line in lines:
        result.add_row(*(Text("—" if cell is None else shortened(visible(str(cell)))) for cell in line))
    return result


def listed(heads: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Table:
    """*rows* as a table, its columns by name with their headings."""
    return table(heads.values(), ([row[name] for name in heads] for row in rows))
