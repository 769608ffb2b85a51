"""What waits for somebody, and what was published, as a file."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table


class WaitingTable(Table):
    """One row a thing that waits."""

    what = tables.Column(verbose_name=_("事项"))
    about = tables.Column(verbose_name=_("内容"))
    deadline = tables.Column(verbose_name=_("期限"))
    working_days = tables.Column(verbose_name=_("剩余工作日"))

    class Meta(Table.Meta):
        pass


class NoticeTable(Table):
    """One row a notice."""

    title = tables.Column(verbose_name=_("标题"), linkify=("desk:notice", {"number": tables.A("pk")}))
    published_on = tables.DateColumn(verbose_name=_("发布日期"), format="Y-m-d")
    until = tables.DateColumn(verbose_name=_("公示期至"), format="Y-m-d", default="")

    class Meta(Table.Meta):
        attrs = {"class": "table rt-table is-cards"}
        order_by = ("-published_on",)
