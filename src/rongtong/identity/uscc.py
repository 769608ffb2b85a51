"""Unified social credit codes 统一社会信用代码 (GB 32100-2015) and the organisation code inside (GB 11714).

Eighteen characters: department 登记管理部门, category 机构类别, six digits of region (GB/T 2260), nine of
organisation code with its own check character, one check character. A check that holds says nothing about the
name beside the code, and some legacy codes fail: failing is a warning, never a rejection.
"""

from __future__ import annotations

import re
import unicodedata

from rongtong.i18n import _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015, 4.3: no I, O, S, V, Z. A character's value is its place."""
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
"""GB 32100-2015, 5: 3^(i-1) mod 31."""
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714: weights of the eight body characters of an organisation code."""
DEPARTMENTS = "123456789ANY"
"""Registering departments; 9 is market regulation, 1 staffing, 5 civil affairs, N agriculture, Y others."""
PROVINCES = frozenset(
    str(first * 10 + second)
    for first, seconds in {
        1: "012345",
        2: "123",
        3: "1234567",
        4: "123456",
        5: "01234",
        6: "12345",
        7: "1",
        8: "12",
    }.items()
    for second in map(int, seconds)
)
"""GB/T 2260: the first two digits of a region; 10 stands for the national registry."""

VALUE = {character: place for place, character in enumerate(ALPHABET)}
_SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_NOISE = re.compile(r"[^0-9A-Z]+")


def normalise(text: str) -> str:
    """Full-width to half-width, upper case, without spaces, dashes and other signs between the characters."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).upper())


def check_character(body: str) -> str:
    """The check character of the first 17 characters (GB 32100-2015, 5)."""
    total = sum(VALUE[character] * weight for character, weight in zip(body[:17], WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """The check character of the eight body characters of an organisation code (GB 11714)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def fault(code: str) -> str | None:
    """What is wrong with a normalised code, as a key of :func:`describe`; ``None`` when nothing is.

    ``organisation`` is a remark only: the code's own check holds, so the code counts as valid.
    """
    if len(code) != 18:
        return "registration_number" if len(code) == 15 and code.isdigit() else "length"
    if not _SHAPE.fullmatch(code):
        return "character"
    if check_character(code) != code[17]:
        return "check"
    return None if organisation_check(code[8:16]) == code[16] else "organisation"


def is_valid(code: str) -> bool:
    """Whether the text, once normalised, has the standard's shape and check character."""
    return fault(normalise(code)) in (None, "organisation")


def is_plausible(code: str) -> bool:
    """Whether a normalised code passes both checks and names a known department and province."""
    likely = len(code) == 18 and code[0] in DEPARTMENTS and code[2:4] in PROVINCES
    return likely and organisation_check(code[8:16]) == code[16] and fault(code) is None


def describe(reason: str) -> str:
    """A fault in the reader's language."""
    return {
        "length": _("统一社会信用代码应为 18 位"),
        "registration_number": _("这是 15 位的工商注册号，不是统一社会信用代码"),
        "character": _("含有统一社会信用代码不使用的字符（字母 I、O、S、V、Z，或行政区划位不是数字）"),
        "check": _("校验码不符"),
        "organisation": _("代码校验通过，但其中的组织机构代码校验不符，请核对"),
    }[reason]


def make(region: str, serial: int) -> str:
    """A valid code of a made-up firm: *region* is six digits (GB/T 2260), *serial* tells firms of it apart.

    Raises :class:`ValueError` when the region has not six digits or the serial is outside 0 … 31⁶-1.
    """
    if not (len(region) == 6 and region.isdigit() and 0 <= serial < 31**6):
        raise ValueError(f"no code for region {region!r}, serial {serial}")
    digits = "".join(ALPHABET[serial // 31**power % 31] for power in range(5, -1, -1))
    body = f"91{region}MA{digits}"
    body += organisation_check(body[8:])
    return body + check_character(body)
