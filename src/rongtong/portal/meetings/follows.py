"""What people write on a sign-in sheet of what follows, and what it means."""

from __future__ import annotations

import re

#: What follows, the most telling first; the first of which a word stands there counts.
WORDS = {
    "order": ["签约", "签订", "下单", "订单", "成交"],
    "visit": ["验厂", "考察", "参观", "实地", "看厂", "到厂", "来厂"],
    "sample": ["送样", "寄样", "打样", "样品", "试样"],
    "interested": [
        "意向",
        "跟进",
        "继续沟通",
        "再沟通",
        "再谈",
        "洽谈",
        "微信",
        "联系方式",
        "留了",
        "待联系",
        "采购",
        "可以供货",
        "感兴趣",
        "有兴趣",
    ],
}
#: That nothing follows, besides a word of :data:`WORDS` that is denied.
NOTHING = [
    "不合适",
    "不匹配",
    "不符合",
    "不考虑",
    "不需要",
    "不合作",
    "未达成",
    "没谈成",
    "未谈成",
    "没兴趣",
    "无兴趣",
    "无需求",
    "暂无",
    "放弃",
    "谢绝",
    "婉拒",
    "拒绝",
]
_ALL = "|".join(word for words in WORDS.values() for word in words)
#: A word behind one of these is denied; that there is no order yet leaves open what follows.
_DENIED = re.compile(f"(?:没有|暂无|尚未|还没|不|无|没|未)(?:再|达成|形成|有)?({_ALL})")
_NOT_YET = frozenset(WORDS["order"] + WORDS["visit"] + WORDS["sample"])

UNREAD = "unread"


def meaning(text: str) -> str:
    """What *text* says of what follows: a key of :data:`WORDS`, ``nothing``, empty where it says nothing at all, and
    :data:`UNREAD` where it says something else, or both that something follows and that nothing does."""
    denied = {found[1] for found in _DENIED.finditer(text)}
    said = _DENIED.sub("", text)
    told = next((name for name, words in WORDS.items() if any(one in said for one in words)), "")
    nothing = any(one in text for one in NOTHING) or bool(denied - _NOT_YET)
    if told or nothing:
        return UNREAD if told and nothing else told or "nothing"
    return UNREAD if text.strip() else ""
