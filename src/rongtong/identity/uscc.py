"""The unified social credit code of GB 32100-2015: structure, check characters, and the likely intended code.

18 characters: managing department, category, region (GB/T 2260, 6 digits), organisation code (GB 11714, 9 characters
with a check character of its own), check character. A code that fails says that somebody should look, not that the
firm does not exist: some codes in use fail (legacy numbering).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: GB 32100-2015 table 2: the 31 characters and their values; no I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: GB 32100-2015 formula 1: 3^(i-1) mod 31.
WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], dtype=np.int64)
#: GB 11714-1997: weights of the organisation code, over 0-9 and A-Z.
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)

#: What a character was likely meant to be when it was read or typed wrong (I, O, S, V and Z exist in no code).
CONFUSABLE = {
    "O": "0", "I": "1", "S": "5", "Z": "2", "V": "U",
    "Q": "0", "D": "0", "0": "DQ", "L": "1", "1": "L7", "7": "1", "B": "8", "8": "B", "G": "6", "6": "G",
}  # fmt: skip

_SHAPE = re.compile(rf"^[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}$", re.ASCII)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHT = [int(weight) for weight in WEIGHTS]
#: Beyond so many distinct failing codes the column is not one of codes, and nothing is guessed.
_GUESSED = 20_000
_VALUES = np.full(256, -1, dtype=np.int64)
_VALUES[[ord(c) for c in ALPHABET]] = np.arange(31)
_ORGANISATION_VALUES = np.full(256, -1, dtype=np.int64)
_ORGANISATION_VALUES[[ord(c) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]] = np.arange(36)
_DIGITS = np.zeros(256, dtype=bool)
_DIGITS[[ord(c) for c in "0123456789"]] = True


def check_character(first17: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015 formula 1). Raises KeyError outside the alphabet."""
    total = sum(_VALUE[c] * w for c, w in zip(first17, _WEIGHT, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code (GB 11714-1997)."""
    total = sum(int(_ORGANISATION_VALUES[ord(c)]) * int(w) for c, w in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def make(region: str, serial: int, *, department: str = "91") -> str:
    """A valid code for a made-up firm: *department* and category, a 6-digit *region*, and a serial number."""
    body = "MA" + _base31(serial, 6)
    first17 = department + region + body + organisation_check_character(body)
    return first17 + check_character(first17)


def _base31(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 31)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))


def normalise(text: str) -> str:
    """*text* as a code is written: half-width, upper case, without spaces and separators."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in folded if c.isalnum())


def is_valid(code: str) -> bool:
    """Whether *code* (normalised) has the structure of GB 32100-2015 and both check characters right."""
    if not _SHAPE.match(code):
        return False
    return code[17] == check_character(code[:17]) and code[16] == organisation_check_character(code[8:16])


def valid(codes: pa.Array) -> pa.Array:
    """For a column of normalised codes (string, nulls allowed): which are valid, as booleans without nulls."""
    result = np.zeros(len(codes), dtype=bool)
    filled = pc.fill_null(codes, "").cast(pa.string())
    shaped = np.asarray(pc.and_(pc.equal(pc.binary_length(filled), 18), pc.equal(pc.utf8_length(filled), 18)))
    if shaped.any():
        picked = pa.concat_arrays([filled.filter(pa.array(shaped))])
        start = picked.offset * 18
        letters = np.frombuffer(picked.buffers()[2], dtype=np.uint8)[start : start + len(picked) * 18]
        result[shaped] = _valid_rows(letters.reshape(-1, 18))
    return pa.array(result)


def _valid_rows(characters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    values = _VALUES[characters]
    organisation = _ORGANISATION_VALUES[characters[:, 8:17]]
    code = (31 - (values[:, :17] * WEIGHTS).sum(axis=1) % 31) % 31
    rest = 11 - (organisation[:, :8] * ORGANISATION_WEIGHTS).sum(axis=1) % 11
    inner = np.where(rest == 10, _ORGANISATION_VALUES[ord("X")], np.where(rest == 11, 0, rest))
    structure = (values >= 0).all(axis=1) & _DIGITS[characters[:, 2:8]].all(axis=1)
    return np.asarray(structure & (values[:, 17] == code) & (organisation[:, 8] == inner))


@lru_cache(maxsize=100_000)
def intended(code: str) -> str | None:
    """The code that *code* was likely meant to be, or None when that is not clear.

    Characters that no code contains are replaced, by what they are mistaken for (O for 0, I for 1) or, where only one
    place is wrong, by whatever makes the code valid. A code without such characters may have one confusable character
    or two neighbours exchanged. The first way with exactly one valid candidate answers.
    """
    if len(code) != 18 or not code.isascii() or is_valid(code):
        return None
    wrong = [place for place, character in enumerate(code) if character not in ALPHABET]
    ways = (_repaired(code), _filled(code, wrong)) if wrong else (_confused(code), _exchanged(code))
    for candidates in ways:
        good = {candidate for candidate in candidates if is_valid(candidate)}
        if good:
            return good.pop() if len(good) == 1 else None
    return None


def _repaired(code: str) -> list[str]:
    return ["".join(CONFUSABLE.get(c, c)[0] if c not in ALPHABET else c for c in code)]


def _filled(code: str, wrong: list[int]) -> list[str]:
    if len(wrong) > 1:
        return []
    return [code[: wrong[0]] + character + code[wrong[0] + 1 :] for character in ALPHABET]


def _confused(code: str) -> list[str]:
    return [code[:i] + other + code[i + 1 :] for i, c in enumerate(code) for other in CONFUSABLE.get(c, "")]


def _exchanged(code: str) -> list[str]:
    return [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(17) if code[i] != code[i + 1]]


def check_column(codes: pa.Array | pa.ChunkedArray) -> pa.Table:
    """Check codes as written, row by row: ``normalised``, ``valid`` and ``intended`` (null unless clear)."""
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    plain = pc.fill_null(pc.match_substring_regex(codes, "^[0-9A-Z]+$"), False)
    normalised = _by_distinct(codes, plain, lambda text: normalise(text) or None)
    good = valid(normalised)
    few = pc.count_distinct(normalised.filter(pc.invert(good))).as_py() <= _GUESSED
    guessed = _by_distinct(normalised, good, intended if few else lambda _: None)
    return pa.table(
        {"normalised": normalised, "valid": good, "intended": pc.if_else(good, pa.scalar(None, pa.string()), guessed)}
    )


def _by_distinct(texts: pa.Array, leave: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """*texts* with *change* applied, once per distinct text, to those that *leave* does not mark."""
    todo = pc.and_(pc.invert(leave), pc.is_valid(texts))
    if not pc.any(todo).as_py():
        return texts
    encoded = texts.filter(todo).dictionary_encode()
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(texts.cast(pa.string()), todo, changed.take(encoded.indices))
