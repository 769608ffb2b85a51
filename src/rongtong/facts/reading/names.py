"""Names and codes as written, cleaned of spaces; what looks wrong with a code is said, never mended.

GB 32100-2015 clause 4 and annex A: 18 characters of 0-9 A-Z without I O S V Z, the last a check character modulo 31.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.values import PROBLEMS
from rongtong.i18n import _

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_NOTHING = pa.array(["无", "—", "-", "--", "/", "暂无", "不详", "——", "N/A", "n/a", "#N/A"])
_VALUE = np.full(256, -1)
for _place, _sign in enumerate(_ALPHABET):
    _VALUE[ord(_sign)] = _place


def read_names(texts: pa.Array) -> pa.Array:
    """Firm names: white space at the ends and between Chinese characters gone, NULL where nothing is said."""
    clean = pc.utf8_trim_whitespace(texts)
    spaced = pc.fill_null(pc.match_substring_regex(clean, r"\s"), False)
    if pc.any(spaced).as_py():
        joined = pc.replace_substring_regex(clean, r"\s+", " ")
        closed = pc.replace_substring_regex(joined, r"([^\x00-\x7f]) ", r"\1")
        clean = pc.if_else(spaced, pc.replace_substring_regex(closed, r" ([^\x00-\x7f])", r"\1"), clean)
    return _or_null(clean)


def read_codes(texts: pa.Array) -> tuple[pa.Array, pa.Table]:
    """Codes, half-width and in capitals, and warnings and problems about them (``at``, …)."""
    clean = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"[\s'’‘`\x{200b}\x{feff}]+", "")
    wide = pc.fill_null(pc.match_substring_regex(clean, r"[^\x00-\x7f]"), False)
    if pc.any(wide).as_py():
        clean = pc.if_else(wide, pc.utf8_normalize(clean, "NFKC"), clean)
    codes = _or_null(pc.utf8_upper(clean))
    plausible = pc.fill_null(pc.match_substring_regex(codes, r"^[0-9A-Z\-]{8,20}$"), False)
    holds = pc.fill_null(pc.is_valid(codes), False)
    none = pc.and_(holds, pc.invert(plausible))
    doubtful = pc.and_(plausible, pc.invert(_checks(codes)))
    notes = [
        _notes(none, texts, _("不是统一社会信用代码"), _("请按营业执照填写 18 位代码"), "problem"),
        _notes(doubtful, texts, _("统一社会信用代码的位数、用字或校验位不对"), _("请对照营业执照核对代码"), "warning"),
    ]
    found = pa.concat_tables(notes).sort_by("at")
    return pc.if_else(none, None, codes), found


def _or_null(texts: pa.Array) -> pa.Array:
    nothing = pc.or_(pc.equal(texts, ""), pc.is_in(texts, _NOTHING))
    return pc.if_else(pc.fill_null(nothing, True), None, texts)


def _notes(mask: pa.Array, texts: pa.Array, reason: str, mend: str, severity: str) -> pa.Table:
    at = pc.indices_nonzero(mask).cast(pa.int32())
    rest = [pa.array([text] * len(at), pa.string()) for text in (reason, mend, severity)]
    return pa.Table.from_arrays([at, texts.take(at), *rest], schema=PROBLEMS)


def _checks(codes: pa.Array) -> pa.Array:
    """Whether each text has 18 characters of the code's alphabet and the right check character."""
    right = np.zeros(len(codes), bool)
    formed = pc.fill_null(pc.match_substring_regex(codes, f"^[{_ALPHABET}]{{18}}$"), False)
    places = np.flatnonzero(formed.to_numpy(zero_copy_only=False))
    if len(places):
        joined = pc.binary_join(pa.array([pc.take(codes, pa.array(places)).to_pylist()]), "")[0].as_py()
        signs = _VALUE[np.frombuffer(joined.encode(), np.uint8).reshape(-1, 18)]
        right[places] = (31 - signs[:, :17] @ _WEIGHTS % 31) % 31 == signs[:, 17]
    return pa.array(right)
