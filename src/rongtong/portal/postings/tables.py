"""A hall as a list to take along: the public half and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.design.tables import Table
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm


class HallTable(Table):
    """One row a posting."""

    kind_label = tables.Column(verbose_name=_("类型"))
    title = tables.Column(verbose_name=_("标题"))
    text = tables.Column(verbose_name=_("公开说明"))
    products = tables.Column(verbose_name=_("产品"))
    segment = tables.Column(verbose_name=_("产业链环节"))
    asked = tables.Column(verbose_name=_("要求"))
    needed_by = tables.DateColumn(verbose_name=_("最晚需要日期"), format="Y-m-d")
    budget = tables.Column(verbose_name=_("预算（元）"), empty_values=())
    firm = tables.Column(verbose_name=_("发布方"))
    expires_on = tables.DateColumn(verbose_name=_("有效期至"), format="Y-m-d")

    def __init__(self, data: Any, names: Mapping[int, Firm]) -> None:
        self.names = names
        super().__init__(data)

    def value_products(self, value: list[str]) -> str:
        """Words in one cell."""
        return "、".join(map(str, value))

    def value_asked(self, value: list[str]) -> str:
        """The same, in the reader's language."""
        return "、".join(map(worded, value))

    def value_kind_label(self, value: str) -> str:
        """The kind in words."""
        return worded(value)

    def value_budget(self, record: Any) -> Any:
        """The budget where the firm made it public."""
        return record.budget if record.budget is not None else _now("不公开") if record.withheld else ""

    def value_firm(self, record: Posting) -> str:
        """The name where the firm shows it."""
        return self.names[record.pk].name if record.pk in self.names else _now("对接后公开")

    class Meta(Table.Meta):
        model = Posting
        fields = ("kind_label", "title", "text", "products", "segment", "asked", "needed_by", "budget", "firm",
                  "expires_on")  # fmt: skip  # read by rows


class OwnTable(Table):
    """One row a posting, for those whose it is and those who review: where it stands."""

    side = tables.Column(verbose_name=_("供需"))
    title = tables.Column(verbose_name=_("标题"))
    shown_state = tables.Column(verbose_name=_("状态"))
    since = tables.DateColumn(verbose_name=_("状态起始"), format="Y-m-d")
    expires_on = tables.DateColumn(verbose_name=_("有效期至"), format="Y-m-d")

    class Meta(Table.Meta):
        model = Posting
        fields = ("side", "title", "shown_state", "since", "expires_on")
