"""Names and codes as written, cleaned of spaces; what looks wrong with a code is said, never mended."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.facts.reading.values import CELL_PROBLEMS
from rongtong.facts.reading.values.words import EXCEL_ERRORS, NOTHING
from rongtong.facts.reading.values.writing import is_one_of
from rongtong.i18n import _
from rongtong.identity import Correction, check_column, explain, uscc

_NOBODY = NOTHING | EXCEL_ERRORS
#: What is written like a code, if not one; with other signs beside it only a code that holds, or nearly, is one.
_LIKE_A_CODE = re.compile(r"[0-9A-Z\s'’‘`\u200b\ufeff-]+")
_SHORTEST, _LONGEST = 8, 20


def read_names(texts: pa.Array) -> pa.Array:
    """Firm names: white space at the ends and between Chinese characters gone, NULL where nothing is said."""
    clean = pc.utf8_trim_whitespace(texts)
    spaced = pc.fill_null(pc.match_substring_regex(clean, r"\s"), False)
    if pc.any(spaced).as_py():
        joined = pc.replace_substring_regex(clean, r"\s+", " ")
        closed = pc.replace_substring_regex(joined, r"([^\x00-\x7f]) ", r"\1")
        clean = pc.if_else(spaced, pc.replace_substring_regex(closed, r" ([^\x00-\x7f])", r"\1"), clean)
    return _said(clean)


def read_codes(texts: pa.Array) -> tuple[pa.Array, pa.Table]:
    """Codes as :mod:`rongtong.identity` normalises them, and warnings and problems about them (``at``, …)."""
    said = _said(pc.utf8_trim_whitespace(texts))
    checked = check_column(said)
    good = pc.fill_null(pc.and_(checked["valid"], pc.is_null(checked["reason"])), False)
    codes = checked["normalised"].combine_chunks()
    at = pc.indices_nonzero(pc.and_(pc.is_valid(said), pc.invert(good)))
    if not len(at):
        return codes, CELL_PROBLEMS.empty_table()
    found = _doubts(texts.take(at), checked.take(at))
    columns = [at.cast(pa.int32()), texts.take(at), *(found[name].combine_chunks() for name in found.column_names)]
    notes = pa.Table.from_arrays(columns, schema=CELL_PROBLEMS)
    wrong = np.zeros(len(codes), bool)
    wrong[at.to_numpy()] = pc.equal(found["severity"], "problem").to_numpy()
    return pc.if_else(pa.array(wrong), None, codes), notes


def _said(texts: pa.Array) -> pa.Array:
    nothing = pc.or_(pc.equal(texts, ""), is_one_of(texts, _NOBODY))
    return pc.if_else(pc.fill_null(nothing, True), None, texts)


def _doubts(texts: pa.Array, checked: pa.Table) -> pa.Table:
    """``reason, mend, severity`` of each text, which is no code or one to look at; each distinct one once."""
    coded = texts.dictionary_encode()
    _distinct, first = np.unique(coded.indices.to_numpy(), return_index=True)
    rows = checked.take(first).to_pylist()
    told = [_doubt(text, row) for text, row in zip(coded.dictionary.to_pylist(), rows, strict=True)]
    arrays = [pa.array(column, pa.string()) for column in zip(*told, strict=True)]
    return pa.table(arrays, names=["reason", "mend", "severity"]).take(coded.indices)


def _doubt(text: str, row: dict[str, str]) -> tuple[str, str, str]:
    if not (row["valid"] or row["intended"] or _is_like_a_code(text, row["normalised"] or "")):
        return _("不是统一社会信用代码"), _("请按营业执照填写 18 位代码"), "problem"
    if not row["intended"]:
        return uscc.describe(row["reason"]), _("请对照营业执照核对代码"), "warning"
    hint = explain(Correction(row["intended"], row["kind"]))
    return uscc.describe(row["reason"]), _("{hint}，请对照营业执照核对", hint=hint), "warning"


def _is_like_a_code(text: str, code: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).upper()
    return _SHORTEST <= len(code) <= _LONGEST and _LIKE_A_CODE.fullmatch(plain) is not None
