"""The trail as a table."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.audit.models import Trail
from rongtong.portal.design.tables import Table


class TrailTable(Table):
    """Who wrote what, when."""

    number = tables.Column(verbose_name=_("序号"))
    at = tables.DateTimeColumn(verbose_name=_("时间"), format="Y-m-d H:i:s")
    actor = tables.Column(verbose_name=_("操作人"))
    act = tables.Column(verbose_name=_("操作"))
    subject = tables.Column(verbose_name=_("对象"))
    detail = tables.Column(verbose_name=_("内容"), orderable=False)

    class Meta(Table.Meta):
        model = Trail
        fields = ("number", "at", "actor", "act", "subject", "detail")
