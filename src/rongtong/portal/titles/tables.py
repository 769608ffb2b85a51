"""Duties as a list."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.duties import assumption
from rongtong.portal.design.tables import FirmTable, VerdictColumn, few
from rongtong.portal.titles.queries import duty_of
from rongtong.qualify.shelf import editions


class EndColumn(tables.Column):  # type: ignore[misc]  # django-tables2 has no types
    """Whether an end of validity is stated, or by what it was assumed."""

    def render(self, value: bool, record: dict[str, Any]) -> str:
        """In words."""
        return assumption(record["kind"]) if value else gettext("已载明")


class DueTable(FirmTable):
    """One row a duty of a firm; the page shows the same rows with what was done."""

    duty = tables.Column(verbose_name=_("事项"))
    kind = tables.Column(verbose_name=_("称号"))
    number = tables.Column(verbose_name=_("文号"))
    due = tables.Column(verbose_name=_("期限"))
    assumed = EndColumn(verbose_name=_("有效期依据"), orderable=False)

    def value_duty(self, value: Any) -> str:
        """The duty in words."""
        return duty_of(value).called

    def value_kind(self, value: str) -> str:
        """The title in words."""
        return worded(value)


class LastingTable(FirmTable):
    """One row a title that runs out, with what its holder is by the rulebook on that day."""

    kind = tables.Column(verbose_name=_("称号"))
    due = tables.Column(verbose_name=_("有效期至"), attrs={"td": {"class": "rt-money"}})
    assumed = EndColumn(verbose_name=_("有效期依据"), orderable=False)
    verdict = VerdictColumn(verbose_name=_("到那天的结论"))
    failing = tables.Column(verbose_name=_("卡在哪几条"), orderable=False, empty_values=())

    class Meta(FirmTable.Meta):
        attrs = {"class": "table rt-table is-cards"}

    def render_name(self, record: dict[str, Any]) -> str:
        """The name, leading to the path by which the firm would stand."""
        query = urlencode({"rulebook": record["rulebook"], "purpose": "review", "at": record["due"].isoformat()})
        return format_html(
            '<a href="{}?{}">{}</a>', reverse("paths:path", args=[record["firm"]]), query, record["name"]
        )

    def value_name(self, value: str) -> str:
        """The name alone."""
        return value

    def render_kind(self, value: str) -> str:
        """The title in words."""
        return worded(value)

    def render_due(self, value: datetime.date) -> str:
        """The day."""
        return value.isoformat()

    def value_due(self, value: datetime.date) -> datetime.date:
        """The day as a spreadsheet takes it."""
        return value

    def render_failing(self, record: dict[str, Any]) -> str:
        """The clauses that it does not meet; of one that is open those that are not known, the first three."""
        ids = {"not_qualified": record["failing"], "undetermined": record["open"]}.get(record["verdict"], [])
        named = {head.id: worded(head.title) for book in editions(record["rulebook"]) for head in book.heads}
        return few(named.get(one, one) for one in ids) or "—"
