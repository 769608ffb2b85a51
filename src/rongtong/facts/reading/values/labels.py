"""Yes and no, and levels; also where more is written than the answer: ``A.是``, ``是（证书…）``, ``发明``."""

from __future__ import annotations

import re
import unicodedata

from rongtong.facts.reading.values import words
from rongtong.facts.reading.values.spec import Cell, NotReadError, ValueSpec
from rongtong.facts.reading.values.writing import bare_word
from rongtong.facts.reading.writing import key
from rongtong.facts.reading.writing import plain as plain_text
from rongtong.i18n import _, joined

_QUOTES = re.compile(r"[“”‘’\"'「」『』\s]")
_TICK, _BOX = "[√✓✔☑■]", "[□☐]"
_PRINTED = (
    (re.compile(f"{_TICK}是{_BOX}否|是{_TICK}否{_BOX}"), "是"),
    (re.compile(f"{_BOX}是{_TICK}否|是{_BOX}否{_TICK}"), "否"),
)
_NUMERALS = dict(zip(("1", "2", "3", "4", "5", "I", "II", "III", "IV", "V"), "一二三四五一二三四五", strict=True))
_RANK = re.compile(r"[第L]?(\d|[IV]{1,3})(?:\.0)?(级)?")
_OWN_SCORE = re.compile(r"[(（](?:自评|自测|自评估|自我评估)[)）]$")
_PRECEDED = re.compile(r"[区县省市国地乡镇部]$")
_NONE = frozenset(["无", "没有", "未建", "未建立", "未设立", "未设", "尚未建立", "无研发机构"])

_OPTION = re.compile(r"^[A-D][.、．)）:：]\s*(?=\S)")
_SAID = re.compile(r"^(是|否|有|无)\s*(?:[(（].*[)）]|[,，;；。].*)$", re.S)


def plain_answer(text: str, spec: ValueSpec) -> str:
    """The answer itself in a cell of yes/no or of a level, where it is sure; any other text as it is."""
    if spec.type not in {"boolean", "level"}:
        return text
    bare = _OPTION.sub("", text.strip())
    return _level(bare, spec.levels) if spec.type == "level" else _answer(bare, spec.label)


def _answer(text: str, label: str) -> str:
    """``是`` of ``是（证书…）``, and of ``自主研发`` under 是否自主研发; a remark that takes it back leaves it open."""
    if said := _SAID.match(text):
        doubts = words.NOT_FOUND + (words.TAKEN_BACK if said[1] in words.YES else ())
        taken_back = any(word in text for word in doubts)
        return text if taken_back else said[1]
    asked = key(label).removeprefix("是否")
    return "是" if key(text) == asked and len(asked) > 1 else text


def _level(text: str, levels: tuple[str, ...]) -> str:
    """The one level that *text* is short for, its beginning (``发明`` → ``发明专利``), else the text as it is."""
    word = plain_text(text)
    named = [level for level in levels if word in level]
    return named[0] if len(named) == 1 and len(word) >= 2 and named[0].startswith(word) else text


def read_boolean(text: str, _spec: ValueSpec) -> Cell:
    """Yes or no; something under way is neither."""
    word = _ticked(bare_word(text))
    if word in words.YES:
        return Cell(True)
    if word in words.NO:
        return Cell(False)
    if word in words.CROSS:
        return Cell(False, _("“x”按“否”使用"), _("请填写“是”或“否”"))
    if any(mark in text for mark in words.NOT_FOUND):
        raise NotReadError(_("没有查到这家企业，既不是“是”也不是“否”"), _("请核对企业名称和代码后重新函询"))
    if any(mark in text for mark in words.UNDER_WAY):
        raise NotReadError(_("事情还在办，既不是“是”也不是“否”"), _("基准日已取得的填“是”，否则填“否”"))
    if re.search(r"[A-Za-z0-9]{6,}", text):
        raise NotReadError(_("像是证书编号，不是“是”或“否”"), _("请填写“是”或“否”，编号另列一栏"))
    raise NotReadError(_("看不出是“是”还是“否”"), _("请填写“是”或“否”"))


def _ticked(word: str) -> str:
    """The ticked answer of a printed form (``☑是□否``, ``是□否√``), else the word itself."""
    return next((answer for form, answer in _PRINTED if form.fullmatch(word)), word)


def read_level(text: str, spec: ValueSpec) -> Cell:
    """One of the levels: as it is, by its number (``Ⅲ级``, ``3``), or as the only level named in the text."""
    plain = _QUOTES.sub("", text)
    if plain in spec.levels:
        return Cell(plain)
    if plain in _NONE and "无" in spec.levels:
        return Cell("无")
    if ranked := _by_rank(plain, spec.levels):
        return Cell(ranked)
    named = _named(plain, spec.levels)
    if len(named) == 1 and _is_just(plain, named[0], spec.levels):
        return Cell(named[0])
    if len(named) > 1:
        raise NotReadError(_("写了不止一个：{named}", named=joined(named)), _one_of(spec))
    raise NotReadError(_("对不上任何一个可选值"), _one_of(spec))


def _by_rank(plain: str, levels: tuple[str, ...]) -> str | None:
    match = _RANK.fullmatch(unicodedata.normalize("NFKC", _OWN_SCORE.sub("", plain)).upper())
    level = f"{_NUMERALS.get(match[1], '')}级" if match else ""
    return level if level in levels else None


def _named(plain: str, levels: tuple[str, ...]) -> list[str]:
    """The levels written in the text, longest first; one that is only a part of a longer one does not count."""
    found, rest = [], plain
    for level in sorted(levels, key=len, reverse=True):
        if len(level) > 1 and level in rest:
            found.append(level)
            rest = rest.replace(level, "\0")
    return found


def _is_just(plain: str, level: str, levels: tuple[str, ...]) -> bool:
    """Whether nothing around *level* makes it another: ``副省级``, ``省级以上``, ``国家、省级``, ``拟申报省级``."""
    before, _found, after = plain.partition(level)
    around = before + after
    stems = [other[:-1] for other in levels if other != level and other[-1] in "级型" and len(other) > 1]
    same = level[:-1] if level[-1] in "级型" else "\0"
    if any(stem in around for stem in stems if stem != same) or any(word in around for word in words.NOT_QUITE):
        return False
    return not (_PRECEDED.search(before) and before[-1] != level[0] and level[-1] in "级型")


def _one_of(spec: ValueSpec) -> str:
    return _("请填写其中一个：{levels}", levels=joined(spec.levels))
