"""The public half as people look for it: its characters, its pinyin, its initials."""

from __future__ import annotations

import pyarrow as pa

from rongtong.portal.postings.models import Posting
from rongtong.search.readings import readings
from rongtong.search.spelling import fold, words


def spoken(posting: Posting) -> str:
    """What :attr:`Posting.found_by` keeps, a line a reading."""
    texts = [fold(one) for one in (posting.title, posting.segment, *posting.products) if one]
    heard = readings(pa.array(texts, pa.string()))
    read = [*heard["letters"].to_pylist(), *heard["initials"].to_pylist()]
    return "\n".join([fold(f"{posting.public_half}{posting.kind_label}"), *(one.upper() for one in read)])


def asked(text: str) -> list[str]:
    """The words of what somebody typed, as they stand in ``found_by``; all of them must."""
    return [one.upper() for one in words(text)]
