"""What a failing code was probably meant to be.

One check equation modulo 31 leaves, for each place, one character that would mend it; the inner organisation
code, the department and the province rule most of these out. What remains is sorted by how people err.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rongtong.i18n import _
from rongtong.identity.uscc import ALPHABET, PROVINCES, VALUE, WEIGHTS, fault, is_plausible, normalise

READ_AS = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"}
"""Characters that no code holds, and what they are read or typed for."""
_ALIKE = tuple(
    map(
        frozenset,
        (
            "8B",
            "0D",
            "0Q",
            "DQ",
            "5S",
            "2Z",
            "1I",
            "0O",
            "1L",
            "1T",
            "7T",
            "UV",
            "CG",
            "6G",
            "MN",
            "EF",
            "PR",
            "17",
            "38",
            "56",
            "UY",
            "QO",
            "DO",
            "WV",
            "YV",
        ),
    )
)
_FULL_WEIGHTS = (*WEIGHTS, 1)
_INVERSE = tuple(pow(weight, -1, 31) for weight in _FULL_WEIGHTS)
_CLASSES = ("confused", "swapped", "wrong", "doubled", "missing")


def legible(code: str) -> str:
    """*code* with characters that no code holds as what they are typed for: C1O2 is C102."""
    return "".join(READ_AS.get(one, one) for one in normalise(code))


class Correction(NamedTuple):
    """The likely intended code and the kind of error, a key of :func:`explain`."""

    code: str
    kind: str


def _sum(code: str) -> int:
    """The weighted sum over all 18 characters modulo 31: zero when the check holds. A foreign character counts 0."""
    return sum(VALUE.get(character, 0) * weight for character, weight in zip(code, _FULL_WEIGHTS, strict=True)) % 31


def _filled(code: str, place: int, total: int) -> str:
    """*code*, whose sum is *total*, with the only character at *place* that makes the check hold."""
    value = VALUE.get(code[place], 0) - total * _INVERSE[place]
    return code[:place] + ALPHABET[value % 31] + code[place + 1 :]


def _replaced(code: str) -> Iterator[Correction]:
    """One character wrong: any of the 18, or the only one that no code may hold."""
    foreign = [at for at, character in enumerate(code) if character not in VALUE]
    if len(foreign) > 1:
        return
    total = _sum(code)
    for place in foreign or range(18):
        mended = _filled(code, place, total)
        alike = frozenset((code[place], mended[place])) in _ALIKE
        yield Correction(mended, "confused" if alike else "wrong")


def _read_as(code: str) -> Iterator[Correction]:
    """Every forbidden letter read for the character it looks like."""
    mended = "".join(READ_AS.get(character, character) for character in code)
    if mended != code:
        yield Correction(mended, "confused")


def _letters_in_region(code: str) -> Iterator[Correction]:
    """Letters among the six digits of the region that look like digits."""
    digits = code[2:8].translate(str.maketrans("BDQLG", "80016"))
    yield Correction(code[:2] + digits + code[8:], "confused")


def _swapped(code: str) -> Iterator[Correction]:
    """Two neighbours changed places; the first three only where the code does not begin as codes do."""
    total = _sum(code)
    usual = code[2:4] in PROVINCES and not code.startswith("19")
    for at in range(2 if usual else 0, 17):
        step = VALUE.get(code[at], 0) - VALUE.get(code[at + 1], 0)
        if (total - step * (_FULL_WEIGHTS[at] - _FULL_WEIGHTS[at + 1])) % 31 == 0:
            yield Correction(code[:at] + code[at + 1] + code[at] + code[at + 2 :], "swapped")


def _one_too_many(code: str) -> Iterator[Correction]:
    for at in range(19):
        twin = at > 0 and code[at] == code[at - 1]
        yield Correction(code[:at] + code[at + 1 :], "doubled" if twin else "wrong")


def _one_missing(code: str) -> Iterator[Correction]:
    if any(character not in VALUE for character in code):
        return
    for at in range(18):
        holed = code[:at] + "0" + code[at:]
        mended = _filled(holed, at, _sum(holed))
        twin = mended[at] in mended[max(at - 1, 0) : at] + mended[at + 1 : at + 2]
        yield Correction(mended, "doubled" if twin else "missing")


def _candidates(code: str) -> Iterator[Correction]:
    if len(code) == 18:
        yield from _read_as(code)
        yield from _letters_in_region(code)
        yield from _replaced(code)
        yield from _swapped(code)
    elif len(code) == 19:
        yield from _one_too_many(code)
    elif len(code) == 17:
        yield from _one_missing(code)


def intended(code: str) -> Correction | None:
    """The likely intended code of a failing one, or ``None``.

    Only when, in the likeliest class of error that has any candidate, exactly one candidate passes both checks:
    look-alike characters, then neighbours swapped, then any one character wrong; a character doubled or
    dropped beside its twin, then any one missing. A code that is valid has none.
    """
    code = normalise(code)
    if fault(code) in (None, "organisation"):
        return None
    found: dict[str, set[str]] = {}
    for candidate in _candidates(code):
        if is_plausible(candidate.code):
            found.setdefault(candidate.kind, set()).add(candidate.code)
    kind = next((kind for kind in _CLASSES if kind in found), None)
    return Correction(found[kind].pop(), kind) if kind and len(found[kind]) == 1 else None


def explain(correction: Correction) -> str:
    """The correction in the reader's language."""
    return {
        "confused": _("形近字符误写，可能应为 {code}", code=correction.code),
        "swapped": _("相邻两位颠倒，可能应为 {code}", code=correction.code),
        "wrong": _("有一位写错，可能应为 {code}", code=correction.code),
        "doubled": _("多写或漏写一位，可能应为 {code}", code=correction.code),
        "missing": _("漏写一位，可能应为 {code}", code=correction.code),
    }[correction.kind]
