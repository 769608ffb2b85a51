"""What waits for somebody, as a file."""

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
