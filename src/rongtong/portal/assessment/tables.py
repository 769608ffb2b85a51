"""Verdicts as a list."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.i18n import joined
from rongtong.portal.design.tables import FirmTable, PairTable, Table, VerdictColumn
from rongtong.portal.registry.pages import title_of
from rongtong.report import labels


class StoryTable(FirmTable):
    """The base of lists about firms by a *rulebook*: a name leads to the story of the verdict."""

    class Meta(Table.Meta):
        attrs = {"class": "table rt-table is-cards"}

    def __init__(self, *args: Any, rulebook: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rulebook = rulebook

    def render_name(self, record: dict[str, Any]) -> str:
        """The name, leading to the story."""
        url = reverse("assessment:story", args=[record["firm"], self.rulebook])
        return format_html('<a href="{}">{}</a>', url, record["name"])

    def value_name(self, value: str) -> str:
        """The name alone."""
        return value


class VerdictTable(StoryTable):
    """One row a firm."""

    verdict = VerdictColumn(verbose_name=gettext_lazy("结论"))
    low = tables.Column(
        verbose_name=gettext_lazy("得分"), attrs={"td": {"class": "is-number"}, "th": {"class": "is-number"}}
    )
    wanting = tables.Column(verbose_name=gettext_lazy("缺的数据"), orderable=False)

    class Meta(StoryTable.Meta):
        pass

    def render_low(self, record: dict[str, Any]) -> str:
        """The score, or its bounds."""
        low, high = record["low"], record["high"]
        return f"{low:g}" if low == high else f"{low:g}–{high:g}"

    def render_wanting(self, value: list[str]) -> str:
        """What is missing, the most wanted first."""
        shown = joined(labels.of_slot(one) for one in value[:3])
        return shown if len(value) <= 3 else _("{shown} 等 {n} 项").format(shown=shown, n=len(value))

    def value_wanting(self, value: list[str]) -> str:
        """All that is missing."""
        return joined(labels.of_slot(one) for one in value)


class ConclusionTable(PairTable):
    """One row a conclusion that waits for its review."""

    rulebook = tables.Column(accessor="0__rulebook", verbose_name=gettext_lazy("规则"))
    word = tables.Column(accessor="0__said", verbose_name=gettext_lazy("初审结论"))
    opinion = tables.Column(accessor="0__opinion", verbose_name=gettext_lazy("经办意见"))
    made_by = tables.Column(accessor="0__made_by", verbose_name=gettext_lazy("经办人"))
    made_at = tables.Column(accessor="0__made_at", verbose_name=gettext_lazy("提出时间"))

    class Meta(Table.Meta):
        pass

    def value_rulebook(self, value: str) -> str:
        """What the rulebook is called."""
        return title_of(value)
