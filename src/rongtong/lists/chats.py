"""Lines as people send them in a chat: numbered, several firms on one, with remarks, telephones and greetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

import pyarrow as pa

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.identity.vocabulary import endings
from rongtong.lists.find import find
from rongtong.workbooks import Sheet, texts_table

#: A line's number or mark as people write it: “1、”, “⑤”, “- ”; before a Chinese name a blank will do.
_NUMBERING = re.compile(
    r"^\s*(?:[①-⑳]|[-*•·—]\s+|[(（\[【]\d{1,4}[)）\]】]|\d{1,4}[、.．)）,，:：]|\d{1,3}(?=\s+[\u4e00-\u9fff]))\s*"
)
#: What names no firm: greetings, sums, thanks, pictures.
_CHATTER = re.compile(
    r"^.*[:：]$|^(?:以上|一共|合计|总计|共).{0,6}\d+\s*[家户个].*$"
    r"|^(?:收到|好的|谢谢|辛苦了?|感谢|已阅|大家好|各位(?:老师|领导|同事)?好?|[!！,，。.~～\s]|\[[^\[\]]{1,6}\])+$"
)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9A-Za-z]{17}(?![0-9A-Za-z])")
#: People and telephones. Each sign is looked at a few times at most, however long the line.
_PERSON = re.compile(r"@.*$|[(（](?=[^()（）]*\d{7})[^()（）]*[)）]|(?:电话|手机)?[:：]?(?<!\s)\s*1\d{10}.*$")
#: What stands between commas and the like; those in brackets are part of a name.
_PIECE = re.compile(r"(?:[(（][^()（）]*[)）]|[^、；;，,])+")
_WHOLE = re.compile(rf"(?:{'|'.join(endings())})[)）]?$")
_SHORT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,8}")


def chatted(text: str, *, name: int | None = None, code: int | None = None) -> Sheet:
    """The lines of *text* as a sheet, one firm a row, with a heading where there is none.

    *name* and *code* are the columns (from 0) where somebody said so.
    """
    lines = rows(text)
    read = _sheet(lines)
    try:
        found = find(read, name=name, code=code)
    except InputError:
        return read
    if found.heading:
        return read
    known = {found.name: _("企业名称"), found.code: _("统一社会信用代码")}
    width = read.cells.num_columns
    return _sheet([[known.get(at) or _("第 {n} 列", n=at + 1) for at in range(width)], *lines])


def _sheet(lines: list[list[str]]) -> Sheet:
    return Sheet("", texts_table([pa.array(column, pa.string()) for column in zip_longest(*lines, fillvalue="")]))


def rows(text: str) -> list[list[str]]:
    """The cells of every line that may name firms; of a line without tabs a row for each firm, with its code if any.

    Where no line does, all is one cell, so that a person is told what was not understood.
    """
    lines = [_NUMBERING.sub("", line).strip() for line in text.splitlines() if line.strip()]
    found = [row for line in lines for row in _rows(line)]
    named = any(row[0] for row in found)
    return [row if named else row[1:] for row in found] or [[text.strip()]]


def _rows(line: str) -> Iterator[list[str]]:
    if "\t" in line:
        yield [cell.strip() for cell in line.split("\t")]
    elif codes := _CODE.findall(line):
        yield [_PERSON.sub("", _CODE.sub("", line)).strip(" ，,、;；:："), codes[0]]
    elif not _CHATTER.match(line):
        yield from ([name] for name in _names(_PERSON.sub("", line).strip() or line))


def _names(line: str) -> list[str]:
    """The firms of one line: of pieces the whole names, or all where all are short ones; else the line as it is."""
    pieces = [piece.strip() for piece in _PIECE.findall(line) if piece.strip()]
    if whole := [piece for piece in pieces if _WHOLE.search(piece)]:
        return whole
    return pieces if len(pieces) > 1 and all(map(_SHORT.fullmatch, pieces)) else [line]
