"""Members as a list."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table
from rongtong.portal.membership.models import Member


class MemberTable(Table):
    """One row a member."""

    name = tables.Column(verbose_name=_("企业名称"), linkify=("registry:firm", {"firm": tables.A("firm")}))
    uscc = tables.Column(verbose_name=_("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=_("所属区市"))
    kind = tables.Column(verbose_name=_("类别"))
    group = tables.Column(verbose_name=_("专业工作组"))
    since = tables.DateColumn(verbose_name=_("入会日期"), format="Y-m-d")

    class Meta(Table.Meta):
        model = Member
        fields = ("name", "uscc", "district", "kind", "group", "since")
        attrs = {"class": "table rt-table is-cards"}
