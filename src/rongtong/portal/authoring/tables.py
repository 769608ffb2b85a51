"""Drafts, and what a trial of one says of firms, as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.portal.design.tables import FirmTable, Table
from rongtong.portal.design.templatetags.design import VERDICTS, verdict
from rongtong.report import labels

WAYS = {"enters": gettext_lazy("新进来"), "drops_out": gettext_lazy("出去了"), "other": gettext_lazy("其他改变")}
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


class TrialTable(FirmTable):
    """One row a firm, by the official edition and by the draft."""

    before = tables.Column(verbose_name=gettext_lazy("官方规则"))
    after = tables.Column(verbose_name=gettext_lazy("草稿"))
    way = tables.Column(verbose_name=gettext_lazy("差别"))
    new = tables.Column(verbose_name=gettext_lazy("差在哪几条"), orderable=False, empty_values=())
    low = tables.Column(verbose_name=gettext_lazy("奖补金额"), attrs=NUMBER)

    class Meta(Table.Meta):
        attrs = {"class": "table rt-table is-cards"}

    def __init__(self, *args: Any, titles: Mapping[str, str], grants: bool, compared: bool, **kwargs: Any) -> None:
        hidden = [*(() if grants else ("low",)), *(() if compared else ("before", "way", "new"))]
        super().__init__(*args, exclude=hidden, **kwargs)
        self.titles = titles

    def render_name(self, record: dict[str, Any]) -> str:
        """The name, leading to the firm."""
        return format_html('<a href="{}">{}</a>', reverse("registry:firm", args=[record["firm"]]), record["name"])

    def value_name(self, value: str) -> str:
        """The name alone."""
        return value

    def render_before(self, value: str) -> object:
        """The chip of the verdict."""
        return verdict(value)

    render_after = render_before

    def value_before(self, value: str) -> str:
        """The verdict in words."""
        return _(VERDICTS[value][1])

    value_after = value_before

    def render_way(self, value: str) -> str:
        """How it differs."""
        return str(WAYS[value])

    def render_new(self, record: dict[str, Any]) -> str:
        """The clauses that keep it out, of the side that does."""
        told = record["old"] if record["way"] == "enters" else record["new"]
        return "、".join(worded(self.titles.get(one, one)) for one in told or ())

    def render_low(self, record: dict[str, Any]) -> str:
        """What it is granted, if it qualifies, or the bounds of it."""
        if record["after"] == "not_qualified" or record["low"] is None:
            return "—"
        low = record["low"] if record["after"] == "qualified" else 0
        return labels.value(low, "money") if low == record["high"] else labels.value([low, record["high"]], "money")
