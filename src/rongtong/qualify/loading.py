"""From the file of a rulebook to its checked trees: ``load_*`` make the parts, here they become one book."""

from __future__ import annotations

import hashlib
from collections import Counter

from rongtong.definitions.catalogue import Catalogue
from rongtong.definitions.loader import Document
from rongtong.i18n import _
from rongtong.qualify.load_grants import granted
from rongtong.qualify.load_requirements import requirements
from rongtong.qualify.load_score import Others, Score
from rongtong.qualify.load_texts import Texts
from rongtong.qualify.rulebook import Head, Rulebook
from rongtong.qualify.schema import RulebookFile

#: What is longer was not written by people for people.
MOST = 1_000


def build(document: Document, file: RulebookFile, fields: Catalogue, others: Others) -> Rulebook:
    """The trees of a rulebook, which may refer to *others*. Raises :class:`DefinitionError` with file and line."""
    texts = Texts(document, file, fields)
    score = Score(texts, others)
    groups = score.groups()
    total = Head("score", "score", _("总分"), max=file.score.max) if file.score else None
    required, grants = requirements(texts), granted(texts)
    book = Rulebook(file, _sha256(document, score.sheets), fields, required, groups, total, grants)
    _decides(texts, book)
    _few(texts, len(book.heads))
    _distinct(texts, [head.id for head in book.heads])
    return book


def _sha256(document: Document, sheets: list[str]) -> str:
    """The hash of the file, and of the local sheets that it refers to."""
    return hashlib.sha256("".join([document.sha256, *sheets]).encode()).hexdigest() if sheets else document.sha256


def _decides(texts: Texts, book: Rulebook) -> None:
    if not all(book.of(purpose).deciding for purpose in ("new", "review")):
        mend = _("至少写一条没有 hard: false 的条款，首次申报和复核都要有")
        raise texts.error(("conditions",), _("没有一条决定结论的条款"), mend)


def _few(texts: Texts, heads: int) -> None:
    if heads > MOST:
        what = _("条款和指标共 {n} 条，一份规则最多 {most} 条", n=heads, most=MOST)
        raise texts.error((), what, _("请分成几份规则"))


def _distinct(texts: Texts, ids: list[str]) -> None:
    twice = next((one for one, times in Counter(ids).items() if times > 1), None)
    if twice:
        places = texts.document.places("id", twice.removeprefix("score."))
        raise texts.error(places[-1], _("条款编号 {id} 用了两次", id=twice))
