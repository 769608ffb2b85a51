"""Duties as a list."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.design.tables import FirmTable
from rongtong.portal.titles.queries import duty_of


class DueTable(FirmTable):
    """One row a duty of a firm; the page shows the same rows with what was done."""

    duty = tables.Column(verbose_name=_("事项"))
    kind = tables.Column(verbose_name=_("称号"))
    number = tables.Column(verbose_name=_("文号"))
    due = tables.Column(verbose_name=_("期限"))

    def value_duty(self, value: Any) -> str:
        """The duty in words."""
        return duty_of(value).called

    def value_kind(self, value: str) -> str:
        """The title in words."""
        return worded(value)
