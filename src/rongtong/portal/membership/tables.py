"""Members as a list."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import FirmTable, Table
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


class ApplicationTable(FirmTable):
    """One row an application that waits; the telephone stays with whoever may call."""

    name = tables.Column(accessor="firm__name", verbose_name=_("企业名称"))
    uscc = tables.Column(accessor="firm__uscc", verbose_name=_("统一社会信用代码"))
    district = tables.Column(accessor="firm__district", verbose_name=_("所属区市"))
    kind = tables.Column(accessor="application__kind", verbose_name=_("申请类别"))
    contact = tables.Column(accessor="application__contact", verbose_name=_("联系人"))
    wish = tables.Column(accessor="application__wish", verbose_name=_("入会诉求"))
    submitted_at = tables.Column(accessor="application__submitted_at", verbose_name=_("提交时间"))
    deadline = tables.Column(verbose_name=_("答复期限"))

    class Meta(Table.Meta):
        pass
