"""Which firm somebody means who writes its name."""

from __future__ import annotations

from rongtong.errors import InputError
from rongtong.facts.mentions import find
from rongtong.i18n import _, joined
from rongtong.portal.registry import current

#: So many of the firms that may be meant are told.
SHOWN = 3


def firm_called(told: str) -> str:
    """The id of the firm that *told* names: its id, its code, one of its names, or a part of one that no other has.

    Raises InputError when there is no such firm, or several.
    """
    try:
        return find(current.snapshot(), told).firm
    except InputError:
        hits = current.index().search(told, limit=SHOWN)
    if hits.total == 1:
        return hits.firms[0].firm
    if not hits.total:
        raise InputError(_("库内没有“{told}”", told=told), mend=_("请写全称或统一社会信用代码"))
    names = joined(f"{one.name} {one.uscc or ''}".strip() for one in hits.firms)
    more = "……" if hits.total > len(hits.firms) else ""
    several = _("库内有 {n} 家与“{told}”相符：{names}", n=hits.total, told=told, names=names + more)
    raise InputError(several, mend=_("请写全称或统一社会信用代码"))
