"""Chinese numerals, read only where they are written in full: what is read must write back to the same text."""

from __future__ import annotations

from rongtong.definitions.units import MULTIPLES

_SAME = str.maketrans("〇壹贰叁肆伍陆柒捌玖拾佰仟萬億兩弌弍弎貳參陸", "零一二三四五六七八九十百千万亿两一二三二三六")
_DIGITS = "零一二三四五六七八九"
_SMALL: dict[str, int] = {one: 10 ** MULTIPLES[one] for one in "千百十"}
_LARGE: dict[str, int] = {one: 10 ** MULTIPLES[one] for one in "亿万"}

#: Every character a Chinese numeral is written with.
CHARACTERS = "零〇一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"

#: No numeral under 10¹⁶ is longer: eight of its characters for every four figures, and what may stand between.
LONGEST = 40


def read_numeral(text: str) -> int | None:
    """The number that *text* writes, or None when it is not a full numeral.

    ``一千二百``, ``三百万``, ``壹佰贰拾万``, ``十五``, ``两千``. Colloquial forms that leave a unit out (``一百五``,
    ``一万二``) and digits beside each other (``三五``) are not read.
    """
    if len(text) > LONGEST:
        return None
    plain = text.translate(_SAME)
    try:
        value = _evaluate(plain.replace("两", "二"))
    except ValueError:
        return None
    return value if _canonical(plain) == write_numeral(value) else None


def read_digits(text: str) -> int | None:
    """The number that *text* writes digit by digit (``二〇一九``), or None."""
    digits = [_DIGITS.find(character) for character in text.translate(_SAME)]
    return int("".join(map(str, digits))) if digits and min(digits) >= 0 else None


def write_numeral(value: int) -> str:
    """*value* (0 ≤ value < 10¹⁶) in simplified numerals written in full: 10500 is ``一万零五百``."""
    if value == 0:
        return "零"
    text = _write(value)
    return text[1:] if text.startswith("一十") else text


def _canonical(plain: str) -> str:
    text = plain.replace("两", "二")
    return text[1:] if text.startswith("一十") else text


def _write(value: int) -> str:
    for name, size in (*_LARGE.items(), *_SMALL.items()):
        if value >= size:
            head, rest = divmod(value, size)
            return _write(head) + name + ("" if not rest else ("零" if rest < size // 10 else "") + _write(rest))
    return _DIGITS[value]


def _evaluate(text: str) -> int:
    for name, size in (*_LARGE.items(), *_SMALL.items()):
        head, found, rest = text.rpartition(name) if name in _LARGE else text.partition(name)
        if found:
            return (_evaluate(head) if head else 1) * size + (_evaluate(rest.lstrip("零")) if rest else 0)
    if len(text) != 1:
        raise ValueError(text)
    return _DIGITS.index(text)
