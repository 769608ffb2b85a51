"""What firms have filed, and a firm's own data, as files."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.facts import Fact
from rongtong.i18n import joined
from rongtong.portal.design.tables import PairTable, Table
from rongtong.report import labels


class FilingTable(PairTable):
    """One row a filing."""

    slot = tables.Column(accessor="0__slot", verbose_name=_("数据项"))
    told = tables.Column(accessor="0__told", verbose_name=_("填报值"))
    source = tables.Column(accessor="0__source", verbose_name=_("凭证种类"))
    page = tables.Column(accessor="0__page", verbose_name=_("页码"))
    note = tables.Column(accessor="0__note", verbose_name=_("说明"))
    made_by = tables.Column(accessor="0__made_by", verbose_name=_("填报人"))
    made_at = tables.Column(accessor="0__made_at", verbose_name=_("填报时间"))

    def value_slot(self, value: str) -> str:
        """The fact in words."""
        return labels.of_slot(value)

    def value_source(self, value: str) -> str:
        """The kind of document in words."""
        return labels.source_kind(value)


class FactTable(Table):
    """One row a fact of one firm."""

    slot = tables.Column(verbose_name=_("数据项"))
    value = tables.Column(verbose_name=_("数值"))
    claims = tables.Column(verbose_name=_("来源"))

    class Meta(Table.Meta):
        pass

    def value_slot(self, value: str) -> str:
        """The fact in words."""
        return labels.of_slot(value)

    def value_value(self, value: object, record: Fact) -> str:
        """The value as an officer writes it."""
        return labels.of_value(record.slot, value)

    def value_claims(self, record: Fact) -> str:
        """Where it stands: file, sheet and cell."""
        return joined(dict.fromkeys(" ".join(filter(None, (k.file, k.sheet, k.cell))) for k in record.claims), "；")
