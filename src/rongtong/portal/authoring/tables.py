"""Drafts, and what a trial of one says of firms, as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy

from rongtong.i18n import joined
from rongtong.portal.design.tables import LinkedFirmTable, Table, VerdictColumn, WayColumn, few
from rongtong.report import figures

NUMBER = {"td": {"class": "is-number"}, "th": {"class": "is-number"}}


class DraftTable(Table):
    """One row a draft."""

    title = tables.Column(verbose_name=gettext_lazy("名称"))
    district = tables.Column(verbose_name=gettext_lazy("区市"))
    based_on = tables.Column(verbose_name=gettext_lazy("对照的官方规则"))
    made_by = tables.Column(verbose_name=gettext_lazy("起草人"))
    changed_at = tables.Column(verbose_name=gettext_lazy("改动时间"))

    class Meta(Table.Meta):
        pass


class TrialTable(LinkedFirmTable):
    """One row a firm, by the official edition and by the draft."""

    before = VerdictColumn(verbose_name=gettext_lazy("官方规则"))
    after = VerdictColumn(verbose_name=gettext_lazy("草稿"))
    way = WayColumn(verbose_name=gettext_lazy("差别"))
    stuck = tables.Column(verbose_name=gettext_lazy("卡在哪几条"), orderable=False)
    low = tables.Column(verbose_name=gettext_lazy("奖补金额"), attrs=NUMBER)

    class Meta(LinkedFirmTable.Meta):
        pass

    def __init__(self, *args: Any, titles: Mapping[str, str], grants: bool, compared: bool, **kwargs: Any) -> None:
        hidden = [*(() if grants else ("low",)), *(() if compared else ("before", "way"))]
        super().__init__(*args, exclude=hidden, **kwargs)
        self.titles = titles

    def render_stuck(self, value: list[str]) -> str:
        """The first of the clauses that keep it out; of one who enters, that kept it out."""
        return few(self.titles.get(one, one) for one in value) or "—"

    def value_stuck(self, value: list[str]) -> str:
        """All of them."""
        return joined((self.titles.get(one, one) for one in value), "；")

    def render_low(self, record: dict[str, Any]) -> str:
        """What it is granted, if it qualifies, or the bounds of it."""
        if record["after"] == "not_qualified" or record["low"] is None:
            return "—"
        low = record["low"] if record["after"] == "qualified" else 0
        return figures.granted(low, record["high"])
