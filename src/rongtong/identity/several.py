"""Cells that tell several names: ``1.青岛甲机械厂；2.青岛乙机械有限公司（2015年更名）``."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

NAMES = ("former_name", "english_name")
"""The fields that hold names beside the own one."""
SEPARATOR = "；"
"""What stands between names where several are kept in one text."""

_OUTSIDE = r"(?![^(（]*[)）])"
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff）]"
#: English names hold commas and slashes of their own: these part names only beside Chinese.
_BETWEEN = re.compile(
    r"[①-⑳]|[(（]\d{1,2}[)）]|(?:^|(?<=[\s；;、]))\d{1,2}(?:[.．、](?!\d)|[)）])"
    rf"|(?:[；;、|\r\n]|(?<={_CJK})\s*[,，/]|[,，/](?=\s*{_CJK})|\s/\s){_OUTSIDE}"
)
_LABEL = re.compile(r"^\s*(?:曾用名称?|原企业名称|原名称?|更名前|变更前|英文名称?)\s*[:：]")
_NOTE = re.compile(r"\s*[(（](?:[^()（）]*\d{4}[^()（）]*|[^()（）]*(?:更名|注销|变更)[^()（）]*)[)）]\s*$")
_NAME = re.compile(r"[^\W\d_]{2}")
_REMARK = re.compile(r"^[于自至]?\s*\d{4}\s*[年./-]|^(?:更名|变更).{0,2}$|^(?:无|没有|暂无|同上|不详)$")
#: A text that is one name and nothing else.
_PLAIN = r"^[\x{3400}-\x{9fff}]{5,}$"


def apart(text: str) -> list[str]:
    """The names that *text* tells, as written; numbers, labels and dates beside them go."""
    pieces = (_NOTE.sub("", _LABEL.sub("", piece)).strip() for piece in _BETWEEN.split(text))
    return [piece for piece in pieces if _NAME.search(piece) and not _REMARK.search(piece)]


def apart_column(texts: pa.Array | pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The names that each of *texts* tells, row by row: their rows and the names; a null tells none."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    told = texts.cast(pa.string()).dictionary_encode()
    plain = pc.match_substring_regex(told.dictionary, _PLAIN).to_pylist()
    names = [[text] if one else apart(text) for text, one in zip(told.dictionary.to_pylist(), plain, strict=True)]
    each = pa.array(names, pa.list_(pa.string())).take(told.indices)
    return pc.list_parent_indices(each), pc.list_flatten(each)
