"""What somebody was told; and what could not be sent: whom it was for and why, never what it said."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table
from rongtong.portal.notifications.models import Delivery, Notification


class NotSentTable(Table):
    """One row a delivery."""

    name = tables.Column(verbose_name=_("收件人"), accessor="notification__user__name")
    channel = tables.Column(verbose_name=_("渠道"))
    state = tables.Column(verbose_name=_("状态"))
    taken_at = tables.DateTimeColumn(verbose_name=_("最近一次"), format="Y-m-d H:i")
    tries = tables.Column(verbose_name=_("次数"))
    error = tables.Column(verbose_name=_("原因"))
    again = tables.TemplateColumn(
        template_name="notifications/again.html", verbose_name="", orderable=False, exclude_from_export=True
    )

    class Meta(Table.Meta):
        model = Delivery
        fields = ("name", "channel", "state", "taken_at", "tries", "error", "again")
        attrs = {"class": "table rt-table is-cards"}


class NoticeTable(Table):
    """One row a notice."""

    made_at = tables.DateTimeColumn(verbose_name=_("时间"), format="Y-m-d H:i")
    title = tables.Column(verbose_name=_("标题"))
    text = tables.Column(verbose_name=_("内容"))
    read_at = tables.DateTimeColumn(verbose_name=_("已读时间"), format="Y-m-d H:i")

    class Meta(Table.Meta):
        model = Notification
        fields = ("made_at", "title", "text", "read_at")
