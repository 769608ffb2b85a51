"""Telephones, accounts and addresses where they stand in a text, however they are written.

Until both sides of an introduction have agreed, none of them may stand where the other side, an officer or the public
reads. Better one number too many than a telephone: but what is plainly a part number or a list of sizes is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rongtong.i18n import _
from rongtong.match.cues import cues
from rongtong.match.numbers import any_of
from rongtong.portal.undisguised import Undisguised, plain

#: What people put between the figures of a telephone.
_GAP = r"[\W_空格杠横划]{0,3}"
_AREA, _STEP = r"[\W_]{0,3}", r"[\W_]{1,3}"
_MOBILE = rf"(?<!\d)(?:(?:\+|00)?{_AREA}86{_GAP}|0)?(?P<own>1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d)"
_LANDLINE = rf"""
    (?<![\d.])(?:(?:\+|00){_AREA}86{_AREA}\(?0?|0){_AREA}
    (?P<own>[1-9]\d{{1,2}}{_AREA}[2-8]\d{{2,3}}{_AREA}\d{{4}}|[1-9](?:{_STEP}\d){{8,10}})(?!\d)"""
_HOTLINE = rf"(?<![\d.])(?P<own>[48]00{_AREA}(?:\d{{3}}{_AREA}\d{{4}}|\d{{4}}{_AREA}\d{{3}}))(?!\d)"
_CALLED = rf"""
    (?P<word>(?:电话|座机|热线|传真|手机|致电|拨打|tel|phone|mobile)(?:号码?)?[\s:：.是为]{{0,3}})
    (?P<own>\d(?:{_GAP}\d){{6,11}})(?!\d)"""
#: Who is to be rung up, before a number of a landline that nothing else tells from any other number.
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_PERSON = rf"[{_SURNAMES}]\w?(?:工|总|经理|先生|女士|小姐|老师|主任|师傅|厂长|处长|科长|部长)"
_RUNG = rf"""
    (?P<word>(?:请打|打给|请拨|拨|联系(?:人|方式|我们?)?|{_PERSON})[\s:：.,，是为]{{0,3}})
    (?P<own>(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))[2-9](?:{_AREA}\d){{6,7}})(?![\d.])"""
_EXTENSION = r"(?<!\d)(?P<own>\d{7,8}\s?转\s?\d{2,5})(?![\da-z])"

_ID, _SAID = r"[a-z][a-z0-9_-]{5,19}(?![a-z0-9])", r"\s?(?:号码?|id)?\s?[:：是为]\s?"
_TOLD_ID = r"(?=[a-z_-]*[\d_])" + _ID
#: What is put into a word so that it is not found.
_SPLIT = r"[\s_·*.\-]{0,3}"
_CHAT = rf"(?:(?<!显)[微威薇徽v]{_SPLIT}信|we\s?chat|weixin|(?<![a-z0-9])(?:vx|wx))"
_QQ = rf"(?<![a-z0-9])(?:q{_SPLIT}q|扣{_SPLIT}扣|企鹅号|q群)"
_ADD = rf"(?:加|扫|➕)(?:我|个|下)?\s?(?:{_CHAT}|{_QQ}|[vq薇威微徽扣])(?![a-z])\s?号?\s?[:：]?\s?"
_ACCOUNTS = (
    rf"{_CHAT}(?:{_SAID}|\s?号\s?)(?:{_ID}|[1-9]\d{{5,10}})",
    rf"{_CHAT}\s?{_TOLD_ID}",
    rf"{_ADD}(?:{_ID}|[1-9]\d{{4,10}}(?!\d))",
    rf"(?:(?<![a-z0-9])[v微薇威]\s?[:：]|加我\s?[:：]?)\s?{_TOLD_ID}",
    rf"{_QQ}\s?[号群]?\s?[:：是为]?\s?[1-9](?:{_GAP}\d){{4,10}}(?!\d)",
    r"(?:钉钉|抖音|快手|小红书|飞书|微博|skype|whatsapp|telegram)(?:号|id|\s?[:：])\s?[:：]?\s?[a-z][a-z0-9_.-]{3,19}",
)

_OPEN, _SHUT = r"[(\[{<【〔「『]\s?", r"\s?[)\]}>】〕」』]"
_AT = rf"\s?(?:@|{_OPEN}(?:at|@|艾特){_SHUT}|艾特)\s?"
_DOT = rf"(?:\s?\.\s?|\s?{_OPEN}(?:dot|点|\.){_SHUT}\s?)"
_ENDS = r"(?:com|cn|net|org|top|xyz|vip)(?![a-z0-9])"
_SITE_DOT = rf"(?:\.|\s\.\s|[·点]|\s?{_OPEN}(?:dot|点|\.){_SHUT}\s?|\sdot\s)"
_ADDRESSES = (
    rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}{_DOT}[^\W\d]{{2,10}}",
    r"https?\s?[:：]\s?//\S+",
    r"(?<![a-z0-9])w\s?w\s?w\s?[.。·点]\s?[a-z0-9]\S*",
    rf"(?<![a-z0-9])(?!(?:asp|vb|ado|ml)\.net)[a-z0-9][a-z0-9-]{{0,62}}(?:{_SITE_DOT}[a-z0-9-]{{1,63}}){{0,3}}"
    rf"(?:{_SITE_DOT}{_ENDS}|。com(?![a-z0-9]))",
)

#: Telephones as people group them; others are told from other numbers by what stands around them.
_GROUPED = frozenset({(11,), (3, 4, 4), (3, 8)})
_PART = re.compile(
    r"(?:型号|图号|料号|件号|编号|货号|批号|规格|牌号|尺寸|(?<![A-Z])(?:GB|JB|HB|QC|YB|ISO|IATF|IEC|DIN|EN|ASTM)(?:/[TZ])?)"
    r"[\s:：是为]*$",
    re.IGNORECASE,
)
_LISTED = frozenset("、，,;；/~～至×")
_UNIT = (
    "mm", "cm", "μm", "um", "nm", "m", "kg", "g", "t", "r/min", "rpm", "w", "kw", "v", "kv", "a", "ma", "hz", "khz",
    "pa", "mpa", "℃", "°c", "%", "元", "万", "亿", "转", "分钟",
)  # fmt: skip  # read by rows


def contacts_in(text: str) -> list[str]:
    """The telephones, accounts and addresses of *text*, as they are written there."""
    return [text[start:end] for start, end in _spans(text)]


def without_contacts(text: str, instead: str | None = None) -> str:
    """*text* as it may be read before both have agreed, whoever wrote it: with words *instead* of each contact."""
    told = _("（联系方式略）") if instead is None else instead
    for start, end in reversed(_spans(text)):
        text = text[:start] + told + text[end:]
    return text


def _spans(text: str) -> list[tuple[int, int]]:
    """Where contacts are written, none inside another."""
    kept = list[tuple[int, int]]()
    for start, end in sorted(set(_found(plain(text))), key=lambda one: (one[0], -one[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], end)
        else:
            kept.append((start, end))
    return kept


def _found(told: Undisguised) -> Iterator[tuple[int, int]]:
    figures = told.digits(1)
    for pattern in _NUMBERS:
        for match in pattern.finditer(figures.text):
            if not _another(match):
                start = match.end("word") if "word" in pattern.groupindex else match.start()
                yield figures.span(start, match.end())
    for reading in (told, figures):
        for pattern in _NAMES:
            yield from (reading.span(*match.span()) for match in pattern.finditer(reading.text))


def _another(match: re.Match[str]) -> bool:
    """Whether a number that is not grouped as a telephone is plainly something else: by what it is called, by its
    unit, or because it is several."""
    own = match["own"]
    groups = tuple(len(one) for one in re.findall(r"\d+", own))
    if groups in _GROUPED:
        return False
    between = set(re.sub(r"[\d\s]", "", own))
    several = bool(between) and between <= _LISTED and (min(groups) > 1 or len(between) > 1)
    text, (start, end) = match.string, match.span()
    return several or bool(_PART.search(text[:start])) or bool(_units().match(text[end:]))


def _units() -> re.Pattern[str]:
    own = "|".join(re.escape(one) + (r"(?!\w)" if one.isascii() else "") for one in _UNIT)
    return re.compile(rf"\s?(?:{own}|{any_of((*cues().counted, *cues().measured))})", re.IGNORECASE)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE | re.VERBOSE) for one in patterns)


_NUMBERS = _compiled(_MOBILE, _LANDLINE, _HOTLINE, _CALLED, _RUNG, _EXTENSION)
_NAMES = _compiled(*_ACCOUNTS, *_ADDRESSES)
