"""Members as a list."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.forms import Form
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import FirmTable, Table
from rongtong.portal.membership.models import Member


class MemberTable(Table):
    """One row a member."""

    name = tables.Column(verbose_name=_("企业名称"), linkify=("registry:firm", {"firm": tables.A("now")}))
    uscc = tables.Column(verbose_name=_("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=_("所属区市"))
    kind = tables.Column(verbose_name=_("类别"))
    group = tables.Column(verbose_name=_("专业工作组"))
    since = tables.DateColumn(verbose_name=_("入会日期"), format="Y-m-d")
    leave = tables.Column(empty_values=(), verbose_name=_("退会"), orderable=False, exclude_from_export=True)

    class Meta(Table.Meta):
        model = Member
        fields = ("name", "uscc", "district", "kind", "group", "since")
        attrs = {"class": "table rt-table is-cards"}

    def __init__(self, *args: Any, leaving: type[Form] | None, **kwargs: Any) -> None:
        """*leaving* is the form with which the reader may end a membership, if any."""
        super().__init__(*args, exclude=() if leaving else ("leave",), **kwargs)
        self.leaving = leaving

    def render_leave(self, record: Member) -> str:
        """The form, each with names of its own."""
        form = self.leaving(auto_id=f"leave-{record.pk}-%s") if self.leaving else None
        return render_to_string("membership/leave.html", {"form": form, "record": record}, self.request)


class PastMemberTable(Table):
    """One row a membership that is over."""

    name = tables.Column(verbose_name=_("企业名称"), linkify=("registry:firm", {"firm": tables.A("firm")}))
    uscc = tables.Column(verbose_name=_("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=_("所属区市"))
    kind = tables.Column(verbose_name=_("类别"))
    since = tables.DateColumn(verbose_name=_("入会日期"), format="Y-m-d")
    left = tables.DateColumn(verbose_name=_("退会日期"), format="Y-m-d")
    reason = tables.Column(verbose_name=_("退会原因"))

    class Meta(Table.Meta):
        model = Member
        fields = ("name", "uscc", "district", "kind", "since", "left", "reason")
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
