"""Texts and codes: cleaned of what nobody meant to write, otherwise kept as they are."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.values.spec import Cell, NotReadError, ValueSpec
from rongtong.facts.reading.values.writing import fold
from rongtong.i18n import _
from rongtong.identity.several import SEPARATOR

LONGEST = 2000
_UNUSUAL = (
    r"[\x00-\x1f\x7f-\x9f\x{00a0}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}\x{2066}-\x{2069}"
    r"\x{feff}\x{fffe}\x{ffff}]"
    r"|^[#]|_x000"
)
#: Longer than any of the words that say nothing, however these are spaced and punctuated.
_SAYS_SOMETHING = r"[^\s\x{3000}。.;,!*?—–―─…/-]{7}"
_ESCAPED = re.compile(r"_x000[dDaA9]_")
_BREAK = re.compile(r"[ \t\u00a0\u3000]*[\r\n\v\f\u2028\u2029]+[ \t\u00a0\u3000]*")
#: Also what turns the order in which characters are shown, so that one name looks like another.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_BETWEEN_CJK = re.compile(rf"(?<={_CJK})\n(?={_CJK})")
_AFTER_NAME = re.compile(
    r"(?:(?<=公司)|(?<=[厂社院所]|[)）；;、，。])|(?<=ltd)|(?<=ltd\.)|(?<=inc)|(?<=inc\.)|(?<=limited)|(?<=corp\.))\n",
    re.I,
)
_FLOAT = re.compile(r"\d+(\.\d+)?E\+?\d+|\d{15,}\.\d+")


def usual_texts(column: pa.Array) -> pa.Array:
    """The texts that need only trimming; NULL where something has to be cleaned, is too long or may say nothing."""
    trimmed = pc.utf8_trim_whitespace(column)
    short = pc.and_(pc.less_equal(pc.utf8_length(trimmed), LONGEST), pc.match_substring_regex(trimmed, _SAYS_SOMETHING))
    return pc.if_else(pc.and_not(short, pc.match_substring_regex(trimmed, _UNUSUAL)), trimmed, None)


def usual_codes(column: pa.Array) -> pa.Array:
    """The texts that are codes of 18 characters as they should be written; NULL for the rest."""
    usual = pc.match_substring_regex(column, r"^[0-9A-Z]{18}$")
    rounded = pc.match_substring_regex(column, r"^[0-9]{15}000$|^[0-9]+E[0-9]+$")
    return pc.if_else(pc.and_not(usual, rounded), column, None)


def read_text(text: str, spec: ValueSpec) -> Cell:
    """A text without control characters; a line break inside becomes a space, nothing between Chinese, ``；`` after a
    whole name."""
    lines = _BREAK.sub("\n", _ESCAPED.sub("\n", text).strip())
    joined = _BETWEEN_CJK.sub("", _AFTER_NAME.sub(SEPARATOR, lines) if spec.names else lines)
    clean = _CONTROL.sub("", joined.replace("\n", " ").replace("\t", " ")).strip()
    if len(clean) > LONGEST:
        raise NotReadError(_("文字超过 {longest} 字", longest=LONGEST), _("请缩短，或另附文件"))
    return Cell(clean) if clean else Cell(empty=True)


def read_code(text: str, _spec: ValueSpec) -> Cell:
    """A code in half-width capitals without spaces and hyphens; what Excel has rounded is gone and is not read."""
    code = re.sub(r"[\s-]", "", fold(text)).upper()
    if _FLOAT.fullmatch(code) or re.fullmatch(r"\d{15}000", code):
        raise NotReadError(_("Excel 已把代码当数字，末几位丢失"), _("请把该列设为文本格式，再按证照重新填写"))
    if re.fullmatch(r"\d{1,15}\.0", code):
        return Cell(code[:-2])
    if not re.fullmatch(r"[0-9A-Z]{1,64}", code):
        raise NotReadError(_("代码只应有字母和数字"), _("请按证照重新填写代码"))
    return Cell(code)
