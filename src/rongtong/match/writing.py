"""How texts are taken apart into sentences and clauses, and made comparable, each form further than the last.

For texts that want to be found; what is written so as not to be found is read by ``portal.undisguised``.
"""

from __future__ import annotations

import re
import unicodedata

from rongtong.facts.reading.values.writing import fold

_MARKS = re.compile(r"[“”„‟〝〞＂\"'‘’‚‛`´「」『』《》〈〉«»【】\[\]\-—_:：()（）·]")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+")
#: A comma inside a number (12,000) ends no clause.
_CLAUSE = re.compile(r"(?:[^，,]|(?<=\d)[，,](?=\d{3}(?!\d)))+[，,]?|[，,]+")
STOPS = "。！？!?；;，,、 \n"


def half_width(text: str) -> str:
    """*text* in half-width forms, character by character, so that places stay the same."""
    return "".join(fold(one) if len(fold(one)) == 1 else one for one in text)


def spell(text: str) -> str:
    """*text* with width and case unified and without spaces: what an index reads."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def bare(text: str) -> str:
    """What two writings of a word have in common: quotes, brackets and dashes gone too."""
    return _MARKS.sub("", spell(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its stop; together they are the text."""
    return _SENTENCE.findall(text)


def clauses(text: str) -> list[str]:
    """The clauses of a text, each with its comma or stop; together they are the text."""
    return [clause for sentence in sentences(text) for clause in _CLAUSE.findall(sentence)]
