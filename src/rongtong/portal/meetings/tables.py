"""Meetings as a list, and what came of one."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.design.tables import Table
from rongtong.portal.meetings.models import Line, Meeting


class MeetingTable(Table):
    """One row a meeting."""

    title = tables.Column(verbose_name=_("对接会名称"), linkify=("meetings:meeting", {"number": tables.A("pk")}))
    on = tables.DateColumn(verbose_name=_("日期"), format="Y-m-d")
    place = tables.Column(verbose_name=_("地点"))
    rows = tables.Column(verbose_name=_("签到企业"))
    introduced = tables.Column(verbose_name=_("形成对接"))
    contracts = tables.Column(verbose_name=_("已签约"))

    class Meta(Table.Meta):
        model = Meeting
        fields = ("title", "on", "place", "rows", "introduced", "contracts")
        attrs = {"class": "table rt-table is-cards"}


class LineTable(Table):
    """One row a line of the sheet."""

    name = tables.Column(verbose_name=_("签到名称"))
    row = tables.Column(verbose_name=_("行"))
    known = tables.Column(verbose_name=_("库内企业"), empty_values=())
    need = tables.Column(verbose_name=_("对接需求"), accessor="need__title")
    follows = tables.Column(verbose_name=_("后续"))
    note = tables.Column(verbose_name=_("会上所写"))
    state = tables.Column(verbose_name=_("对接进展"), empty_values=())

    class Meta(Table.Meta):
        model = Line
        fields = ("name", "row", "known", "need", "follows", "note", "state")
        attrs = {"class": "table rt-table is-cards"}

    def render_known(self, record: Line) -> str:
        """The firm's name as the registry has it now."""
        return str(getattr(record, "firm_name", "") or "—")

    def render_state(self, record: Line) -> str:
        """Where its introduction stands."""
        if record.introduction is None:
            return str(_("无意向") if record.follows == Line.Follows.NOTHING else _("未形成对接"))
        return worded(record.introduction.stands.label)
