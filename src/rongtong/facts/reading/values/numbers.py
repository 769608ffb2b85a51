"""Numbers as people write them: sign, grouping, multiples such as 万, and words that make them doubtful."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from rongtong.definitions.units import MULTIPLE, MULTIPLES
from rongtong.facts.reading.values import numerals, words
from rongtong.facts.reading.values.spec import NotReadError
from rongtong.facts.reading.values.writing import close_up
from rongtong.i18n import _

#: Wide enough that no amount is ever rounded before it is meant to be: powers of ten are written with two digits.
EXACT = Context(prec=160, rounding=ROUND_HALF_UP)

PLAIN = r"(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+"
GROUPED = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"
_NUMBER = rf"(?:{GROUPED}|{PLAIN})"
_WRITTEN = re.compile(rf"({_NUMBER})({MULTIPLE})?([^\d.,]*)")
_COMPOUND = re.compile(rf"((?:\d+(?:\.\d+)?(?:{MULTIPLE})){{2,}})([^\d.,]*)")
_TERM = re.compile(rf"(\d+(?:\.\d+)?)({MULTIPLE})")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+-]?\d{1,2}")
_CHINESE = re.compile(rf"([{numerals.CHARACTERS}]+)(?:点([零〇一二三四五六七八九]+)({MULTIPLE})?)?(.*)")
_RANGE = re.compile(r"[\d%元万亿人年月日](?:-|~|—|–|至|到)+[^\d]{0,2}\d")
_MONEY_MARK = re.compile(r"^(?:人民币|RMB|CNY|¥)+:?", re.IGNORECASE)


class Number(NamedTuple):
    """A number and what surrounds it: *power* of the largest multiple written in it, the *unit* that follows."""

    value: Decimal
    power: int = 0
    unit: str = ""
    about: bool = False
    marked: bool = False


def read_number(folded: str) -> Number:
    """Read one number and the word behind it. Raises :class:`NotReadError` for anything that is not exactly one."""
    text = close_up(folded)
    if text.startswith("="):
        raise NotReadError(_("单元格里是公式文字，不是数"), _("请粘贴为数值"))
    _refuse_doubtful(text)
    text, about = _strip_about(text)
    text, negative = _strip_sign(text)
    unmarked = _MONEY_MARK.sub("", text)
    marked = unmarked != text
    text, second = _strip_sign(unmarked) if marked else (unmarked, False)
    if negative and second:
        raise _unreadable()
    number = _scientific(text) or _compound(text) or _written(text) or _chinese(text)
    if number is None:
        raise _why_not(text)
    value = EXACT.minus(number.value) if negative or second else number.value
    return number._replace(value=value, about=about, marked=marked)


def shifted(value: Decimal, power: int, places: int) -> Decimal:
    """*value* × 10^*power*, rounded half up to *places* decimals, exactly."""
    return EXACT.quantize(EXACT.scaleb(value, power), Decimal(1).scaleb(-places))


def _refuse_doubtful(text: str) -> None:
    if re.match(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日", text):
        mend = _("Excel 会把 3-5 之类的输入变成日期：请核对原件，改为常规格式后重填")
        raise NotReadError(_("是日期，不是数"), mend)
    if any(word in text for word in words.VAGUE):
        raise NotReadError(_("只有大概的数"), _("请填写确切的数"))
    if _RANGE.search(text):
        raise NotReadError(_("写的是一个范围，不是一个数"), _("请填写一个确切的数"))
    if any(word in text for word in words.BOUNDS):
        raise NotReadError(_("写的是上限或下限，不是确切的数"), _("请填写确切的数，去掉“以上”“余”“超”等字样"))
    if any(mark in text for mark in "▲△▼↑↓"):
        raise NotReadError(_("看不出符号是正是负"), _("负数请在前面写“-”，正数只写数字"))


def _strip_about(text: str) -> tuple[str, bool]:
    for word in words.ABOUT_BEFORE:
        if text.startswith(word):
            return text[len(word) :], True
    for word in words.ABOUT_AFTER:
        if text.endswith(word):
            return text[: -len(word)], True
    return text, False


def _strip_sign(text: str) -> tuple[str, bool]:
    inner = re.fullmatch(r"\(([^()+-]*\d[^()+-]*)\)([^\d.,()]*)", text)
    if inner:
        return inner[1] + inner[2], True
    if text.startswith("负"):
        return text[1:], True
    return (text[1:], text.startswith("-")) if text[:1] in {"-", "+"} else (text, False)


def _scientific(text: str) -> Number | None:
    return Number(Decimal(text)) if _SCIENTIFIC.fullmatch(text) else None


def _written(text: str) -> Number | None:
    match = _WRITTEN.fullmatch(text)
    if match is None or len(match[1]) > 40:
        return None
    power = MULTIPLES.get(match[2] or "", 0)
    return Number(EXACT.scaleb(Decimal(match[1].replace(",", "")), power), power, match[3])


def _compound(text: str) -> Number | None:
    """``1亿2000万元``: each part smaller than the multiple before it, so that the sum is the only reading."""
    match = _COMPOUND.fullmatch(text)
    if match is None:
        return None
    terms = [(Decimal(digits), MULTIPLES[multiple]) for digits, multiple in _TERM.findall(match[1])]
    values = [EXACT.scaleb(digits, power) for digits, power in terms]
    sizes = [Decimal(1).scaleb(power) for _digits, power in terms]
    whole = all(digits == digits.to_integral_value() for digits, _power in terms)
    if not whole or any(value >= size for value, size in zip(values[1:], sizes, strict=False)):
        return None
    return Number(sum(values, Decimal(0)), terms[0][1], match[2])


def _chinese(text: str) -> Number | None:
    match = _CHINESE.fullmatch(text)
    whole = numerals.read_numeral(match[1]) if match else None
    if match is None or whole is None:
        return None
    value, multiple = Decimal(whole), match[3] or ""
    if match[2]:
        digits = match[2].translate(str.maketrans("零〇一二三四五六七八九", "00123456789"))
        value = EXACT.scaleb(Decimal(f"{whole}.{digits}"), MULTIPLES.get(multiple, 0))
    large = max(MULTIPLES.get(character, 0) for character in match[1] + multiple)
    return Number(value, large if large >= 4 else 0, match[4])


def _unreadable() -> NotReadError:
    return NotReadError(_("认不出是什么数"), _("请只填写一个数，例如 1234.56"))


def _why_not(text: str) -> NotReadError:
    if re.fullmatch(r"0\d+(\.\d+)?\D*", text):
        return NotReadError(_("数字以 0 开头，像是编号"), _("如果是数，请去掉开头的 0"))
    if re.search(r"\d,\d", text):
        return NotReadError(_("千分位逗号的位置不对"), _("请去掉逗号后重填，例如 1234567"))
    if len(re.findall(r"\d+(?:\.\d+)?", text)) > 1:
        return NotReadError(_("一格里有不止一个数"), _("请一格只填一个数"))
    return _unreadable()
