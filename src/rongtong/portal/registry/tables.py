"""Lists of firms."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table
from rongtong.portal.registry.models import Firm


class DirectoryTable(Table):
    """Name, code, district."""

    name = tables.Column(verbose_name=_("企业名称"), linkify=("registry:firm", {"firm": tables.A("id")}))
    uscc = tables.Column(verbose_name=_("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=_("所属区市"))

    class Meta(Table.Meta):
        model = Firm
        fields = ("name", "uscc", "district")
