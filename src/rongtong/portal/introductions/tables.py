"""Introductions and needs as lists, for export; a table of officers has no column for contacts at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.i18n import joined
from rongtong.portal.design.tables import Table
from rongtong.portal.introductions.listing import Row
from rongtong.portal.introductions.models import Figure
from rongtong.portal.introductions.reasons import Suggestion


class IntroductionTable(Table):
    """One row an introduction."""

    number = tables.Column(verbose_name=gettext_lazy("编号"), accessor="introduction__pk")
    need = tables.Column(verbose_name=gettext_lazy("需求"), accessor="introduction__need__title")
    buyer = tables.Column(verbose_name=gettext_lazy("需求方"), default="")
    supplier = tables.Column(verbose_name=gettext_lazy("供应方"), default="")
    origin = tables.Column(verbose_name=gettext_lazy("来源"), accessor="introduction__get_origin_display")
    made_on = tables.Column(verbose_name=gettext_lazy("提出日期"), accessor="introduction__made_on")
    state = tables.Column(verbose_name=gettext_lazy("状态"), accessor="introduction__stands__label")
    since = tables.Column(verbose_name=gettext_lazy("状态起始"), accessor="introduction__since")
    due = tables.Column(verbose_name=gettext_lazy("办理期限"), accessor="introduction__due", default="")
    stuck = tables.Column(verbose_name=gettext_lazy("停滞"), accessor="introduction__stuck")
    intended = tables.Column(verbose_name=Figure.Kind.INTENDED.label, accessor="figures__intended", default="")
    contracted = tables.Column(verbose_name=Figure.Kind.CONTRACTED.label, accessor="figures__contracted", default="")
    performed = tables.Column(verbose_name=Figure.Kind.PERFORMED.label, accessor="figures__performed", default="")

    class Meta(Table.Meta):
        orderable = False

    def value_stuck(self, value: bool) -> str:
        """Yes or nothing."""
        return _("停滞") if value else ""

    def value_intended(self, value: Figure) -> str:
        """The band in words."""
        return value.get_band_display()

    value_contracted = value_performed = value_intended


class StuckTable(Table):
    """One row a side that an introduction waits for: when it was reminded, when that was seen, when it was called."""

    number = tables.Column(verbose_name=gettext_lazy("编号"), accessor="0__introduction__pk")
    need = tables.Column(verbose_name=gettext_lazy("需求"), accessor="0__introduction__need__title")
    state = tables.Column(verbose_name=gettext_lazy("停在"), accessor="0__introduction__stands__label")
    since = tables.Column(verbose_name=gettext_lazy("状态起始"), accessor="0__introduction__since")
    due = tables.Column(verbose_name=gettext_lazy("办理期限"), accessor="0__introduction__due", default="")
    side = tables.Column(verbose_name=gettext_lazy("该找谁"), accessor="1__label")
    firm = tables.Column(verbose_name=gettext_lazy("企业"), empty_values=())
    reminded = tables.Column(verbose_name=gettext_lazy("催办"), accessor="1__reminder__on", default="")
    read = tables.Column(verbose_name=gettext_lazy("已读"), accessor="1__reminder__read_at", default="")
    called = tables.Column(verbose_name=gettext_lazy("已电话联系"), accessor="1__call__on", default="")
    note = tables.Column(verbose_name=gettext_lazy("联系情况"), accessor="1__call__note", default="")
    differing = tables.Column(verbose_name=gettext_lazy("双方不一致"), accessor="2", default="")

    class Meta(Table.Meta):
        orderable = False

    def value_state(self, value: str) -> str:
        """The state in the reader's language."""
        return worded(value)

    def value_firm(self, record: tuple[Row, Any, list[str]]) -> str:
        """The name of the firm, where the reader may know it."""
        firm = getattr(record[0], record[1].side)
        return firm.name if firm else ""

    def value_differing(self, value: list[str]) -> str:
        """What both have told differently."""
        return joined(value)


class SideTable(IntroductionTable):
    """The same for a side, with whom it reaches on the other, once both have agreed."""

    other = tables.Column(verbose_name=gettext_lazy("对方联系人"), accessor="reach", default="")

    def value_other(self, record: Row) -> str:
        """Name and telephone of the other side."""
        return joined((f"{one.name} {one.phone}" for one in record.reach if one.side != record.side), "；")


class MessageTable(Table):
    """One row a message of a thread, for the two sides: which side wrote it, no person."""

    side = tables.Column(verbose_name=gettext_lazy("一方"), accessor="get_side_display")
    at = tables.Column(verbose_name=gettext_lazy("时间"))
    text = tables.Column(verbose_name=gettext_lazy("内容"))
    name = tables.Column(verbose_name=gettext_lazy("附件"), default="")
    read_at = tables.Column(verbose_name=gettext_lazy("已读"), default="")

    class Meta(Table.Meta):
        orderable = False


class OutcomeTable(Table):
    """One row what a side has said of a contract after some months, beside the introduction as its reader sees it."""

    need = tables.Column(
        verbose_name=gettext_lazy("需求"),
        accessor="1__introduction__need__title",
        linkify=("introductions:introduction", {"number": tables.A("1__introduction__pk")}),
    )
    buyer = tables.Column(verbose_name=gettext_lazy("需求方"), accessor="1__buyer__name", default="")
    supplier = tables.Column(verbose_name=gettext_lazy("供应方"), accessor="1__supplier__name", default="")
    months = tables.Column(verbose_name=gettext_lazy("签约后月数"), accessor="0__months")
    side = tables.Column(verbose_name=gettext_lazy("一方"), accessor="0__get_side_display")
    going = tables.Column(verbose_name=gettext_lazy("履约情况"), accessor="0__get_going_display")
    note = tables.Column(verbose_name=gettext_lazy("说明"), accessor="0__note", default="")
    on = tables.Column(verbose_name=gettext_lazy("填写日期"), accessor="0__on")

    class Meta(Table.Meta):
        orderable = False
        attrs = {"class": "table rt-table is-cards"}


class TradeoffTable(Table):
    """One row a point of the assignment that the secretariat may choose."""

    spread = tables.Column(verbose_name=gettext_lazy("分散的权重"))
    total = tables.Column(verbose_name=gettext_lazy("预期成功合计"))
    introductions = tables.Column(verbose_name=gettext_lazy("对接数"))
    worst_need = tables.Column(verbose_name=gettext_lazy("最差的需求得到"))
    needs_filled = tables.Column(verbose_name=gettext_lazy("给足的需求"))
    firms_used = tables.Column(verbose_name=gettext_lazy("有对接的企业"))
    most = tables.Column(verbose_name=gettext_lazy("一家最多"))
    gini = tables.Column(verbose_name=gettext_lazy("集中度（基尼）"))
    left_out = tables.Column(verbose_name=gettext_lazy("应得而没有的企业"))

    class Meta(Table.Meta):
        orderable = False


class NeedTable(Table):
    """One row a need that was published, with how it was answered."""

    title = tables.Column(verbose_name=gettext_lazy("需求"), accessor="need__title")
    firm = tables.Column(verbose_name=gettext_lazy("需求方"), accessor="need__pk")
    state = tables.Column(verbose_name=gettext_lazy("状态"), accessor="need__shown_state")
    published = tables.Column(verbose_name=gettext_lazy("公开日期"))
    first = tables.Column(verbose_name=gettext_lazy("首次对接"), default="")
    days = tables.Column(verbose_name=gettext_lazy("首次对接用时（天）"), default="")
    n = tables.Column(verbose_name=gettext_lazy("对接数"))
    won = tables.Column(verbose_name=gettext_lazy("签约数"))

    def __init__(self, data: Any, buyers: Mapping[int, str]) -> None:
        self.buyers = buyers
        super().__init__(data)

    def render_firm(self, value: int) -> str:
        """The name of the firm, where the reader may know it."""
        return self.buyers.get(value) or _("双方同意后可见")

    def value_firm(self, value: int) -> str:
        """The same in an export."""
        return self.render_firm(value)

    class Meta(Table.Meta):
        attrs = {"class": "table rt-table is-cards"}


class CandidateTable(Table):
    """One row a firm that is suggested for a need, with what is said of it."""

    name = tables.Column(verbose_name=gettext_lazy("企业名称"), accessor="firm__name")
    district = tables.Column(verbose_name=gettext_lazy("所属区市"), accessor="firm__district")
    whys = tables.Column(verbose_name=gettext_lazy("推荐理由"), empty_values=())
    against = tables.Column(verbose_name=gettext_lazy("不利情况"), empty_values=())
    unknown = tables.Column(verbose_name=gettext_lazy("待核实"), empty_values=())

    class Meta(Table.Meta):
        orderable = False

    def value_whys(self, record: Suggestion) -> str:
        """What speaks for it."""
        return record.told("for")

    def value_against(self, record: Suggestion) -> str:
        """What speaks against it."""
        return record.told("against")

    def value_unknown(self, record: Suggestion) -> str:
        """What is not known."""
        return record.told("unknown")


class ProposalTable(Table):
    """One row an introduction that a point of the assignment would make."""

    number = tables.Column(verbose_name=gettext_lazy("编号"), accessor="need__pk")
    need = tables.Column(verbose_name=gettext_lazy("需求"), accessor="need__title")
    firm = tables.Column(verbose_name=gettext_lazy("企业名称"), accessor="suggestion__firm__name")
    success = tables.Column(verbose_name=gettext_lazy("成功把握"))
    whys = tables.Column(verbose_name=gettext_lazy("推荐理由"), empty_values=())
    against = tables.Column(verbose_name=gettext_lazy("不利情况"), empty_values=())
    unknown = tables.Column(verbose_name=gettext_lazy("待核实"), empty_values=())

    class Meta(Table.Meta):
        orderable = False

    def value_success(self, value: float) -> float:
        """To the hundredth."""
        return round(value, 2)

    def value_whys(self, record: Any) -> str:
        """What speaks for it."""
        return str(record.suggestion.told("for"))

    def value_against(self, record: Any) -> str:
        """What speaks against it."""
        return str(record.suggestion.told("against"))

    def value_unknown(self, record: Any) -> str:
        """What is not known."""
        return str(record.suggestion.told("unknown"))


class ResultTable(Table):
    """One row a figure, and of which time it is: the headline figures, contracts by size, then month by month."""

    what = tables.Column(verbose_name=gettext_lazy("指标"))
    when = tables.Column(verbose_name=gettext_lazy("期间"))
    n = tables.Column(verbose_name=gettext_lazy("数"))

    class Meta(Table.Meta):
        orderable = False
