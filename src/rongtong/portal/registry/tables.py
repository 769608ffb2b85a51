"""Lists of firms."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table


class DirectoryTable(Table):
    """Name, code, district."""

    name = tables.Column(verbose_name=_("企业名称"))
    uscc = tables.Column(verbose_name=_("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=_("所属区市"))

    class Meta(Table.Meta):
        pass
