"""What a rulebook grants in money: amounts in bands, or a share of a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from rongtong.definitions import expression_tree as tree
from rongtong.definitions.loader import Loc
from rongtong.i18n import _
from rongtong.qualify.load_texts import Texts
from rongtong.qualify.rulebook import Bands, Grant, Granted, Head, Share
from rongtong.qualify.schema import Band
from rongtong.qualify.schema import Grant as GrantPart


def granted(texts: Texts) -> Granted | None:
    """Everything that is granted, and the most of it; None where nothing is."""
    if texts.file.grants is None:
        return None
    cap, items = texts.file.grants.cap, texts.file.grants.items
    built = tuple(_grant(texts, ("grants", "items", i), one) for i, one in enumerate(items))
    if not built:
        raise texts.error(("grants", "items"), _("奖补没有写一项"), _("每项写 id、title，以及 bands 或 share"))
    return Granted(
        Head("grant", "grants", _("奖补合计")), built, _amount(texts, ("grants", "cap"), cap) if cap else None
    )


def _grant(texts: Texts, loc: Loc, one: GrantPart) -> Grant:
    if bool(one.bands) == bool(one.share):
        what = _("奖补“{title}”须写分档或按比例，只写一样", title=one.title)
        raise texts.error(loc, what, _("分档写 bands，按比例写 share"))
    points, most = _shared(texts, loc, one) if one.share else _graded(texts, loc, one)
    return Grant(Head.of(one, "grant", "grant", most), points)


def _shared(texts: Texts, loc: Loc, one: GrantPart) -> tuple[Share, Decimal]:
    """A share of a figure, and the most that it can be: without an end nobody could say how much is possible."""
    share = texts.parsed((*loc, "share"), one.share)
    if not isinstance(share, tree.Quantity) or share.unit != "1" or not 0 < share.value <= 1:
        raise texts.error((*loc, "share"), _("“{text}”不是比例", text=one.share), _("例如 10%"))
    value = texts.parsed((*loc, "value"), one.value or "0元")
    if not one.value or tree.aggregates(value) or getattr(value, "unit", "") != "元":
        raise texts.error((*loc, "value"), _("按比例补的，value 须是金额"), _("例如 rd_expense[Y]"))
    end: Loc = (*loc, "cap") if one.cap else ("grants", "cap")
    cap = one.cap or (texts.file.grants.cap if texts.file.grants else "")
    if not cap:
        mend = _("写 cap: 50万元，或在 grants 下写各项合计的 cap")
        raise texts.error(loc, _("按比例补的要有上限，否则缺数据的企业说不出至多补多少"), mend)
    most = _amount(texts, end, cap)
    return Share(tree.Arithmetic("*", cast(tree.Number, value), share, "元"), most), most


def _graded(texts: Texts, loc: Loc, one: GrantPart) -> tuple[Bands, Decimal]:
    """Amounts in bands, and the most of them."""
    if one.cap:
        raise texts.error((*loc, "cap"), _("分档的不写 cap"), _("最高的一档就是上限"))
    amounts = [_amount(texts, (*loc, "bands", i, "amount"), band.amount) for i, band in enumerate(one.bands)]
    given = zip(one.bands, amounts, strict=True)
    found = texts.bands(
        loc, one.value, tuple(Band(points=amount, **band.model_dump(exclude={"amount"})) for band, amount in given)
    )
    return found, max(amounts)


def _amount(texts: Texts, loc: Loc, text: str) -> Decimal:
    """An amount in yuan, as somebody pays it."""
    found = texts.parsed(loc, text)
    if not isinstance(found, tree.Quantity) or found.unit != "元" or not _payable(found.value):
        raise texts.error(loc, _("“{text}”不是金额", text=text), _("例如 30万元；没有则写 0元"))
    return found.value


def _payable(amount: Decimal) -> bool:
    """Whether an amount is one that somebody pays: whole fen, less than ten thousand million yuan."""
    return amount.adjusted() < 10 and amount % Decimal("0.01") == 0
