"""What could not be sent, as a list; whom it was for and why, never what it said."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table
from rongtong.portal.notifications.models import Delivery


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
