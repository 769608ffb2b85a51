"""What is still to be found out, and what was, as lists."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.portal.assessment.tables import StoryTable
from rongtong.portal.design.tables import PairTable, Table
from rongtong.portal.registry.pages import title_of
from rongtong.portal.statements.queries import slot_of
from rongtong.report import labels


class DueTable(StoryTable):
    """One row a firm and matter."""

    fact = tables.Column(verbose_name=gettext_lazy("核查事项"))
    settles = tables.Column(verbose_name=gettext_lazy("能否判定"))

    class Meta(StoryTable.Meta):
        pass

    def render_fact(self, record: dict[str, Any]) -> str:
        """The matter, leading to where it is recorded."""
        url = reverse("statements:record", args=[record["firm"], slot_of(self.rulebook, record["fact"])])
        told = '<a href="{}?rulebook={}">{}</a>'
        return format_html(told, url, self.rulebook, labels.of_slot(record["fact"]))

    def value_fact(self, value: str) -> str:
        """What the matter is called."""
        return labels.of_slot(value)

    def render_settles(self, value: bool) -> str:
        """Whether it alone settles the verdict."""
        return _("记录即可判定") if value else _("另缺其他数据")


class StatementTable(PairTable):
    """One row a statement."""

    slot = tables.Column(accessor="0__slot", verbose_name=gettext_lazy("核查事项"))
    told = tables.Column(accessor="0__told", verbose_name=gettext_lazy("核查结论"))
    method = tables.Column(accessor="0__get_method_display", verbose_name=gettext_lazy("核查方式"))
    checker = tables.Column(accessor="0__checker", verbose_name=gettext_lazy("核查人或专家组"))
    checked_on = tables.Column(accessor="0__checked_on", verbose_name=gettext_lazy("核查日期"))
    basis = tables.Column(accessor="0__basis", verbose_name=gettext_lazy("判断依据"))
    number = tables.Column(accessor="0__number", verbose_name=gettext_lazy("报告编号或文号"))
    rulebook = tables.Column(accessor="0__rulebook", verbose_name=gettext_lazy("规则"))
    state = tables.Column(accessor="0__get_state_display", verbose_name=gettext_lazy("状态"))
    reason = tables.Column(accessor="0__reason", verbose_name=gettext_lazy("更正或撤回原因"))
    made_by = tables.Column(accessor="0__made_by", verbose_name=gettext_lazy("记录人"))
    made_at = tables.Column(accessor="0__made_at", verbose_name=gettext_lazy("记录时间"))

    class Meta(Table.Meta):
        pass

    def value_slot(self, value: str) -> str:
        """What was checked."""
        return labels.of_slot(value)

    def value_rulebook(self, value: str) -> str:
        """What the rulebook is called."""
        return title_of(value) if value else ""
