"""How texts are made comparable: each form goes further than the one before it."""

from __future__ import annotations

import re
import unicodedata

from rongtong.facts.reading.values.writing import fold

_MARKS = re.compile(r"[“”„‟〝〞＂\"'‘’‚‛`´「」『』《》〈〉«»【】\[\]\-—_:：()（）·]")


def half_width(text: str) -> str:
    """*text* in half-width forms, character by character, so that places stay the same."""
    return "".join(fold(one) if len(fold(one)) == 1 else one for one in text)


def spell(text: str) -> str:
    """*text* with width and case unified and without spaces: what an index reads."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def bare(text: str) -> str:
    """What two writings of a word have in common: quotes, brackets and dashes gone too."""
    return _MARKS.sub("", spell(text))
