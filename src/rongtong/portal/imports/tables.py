"""Uploads as a list."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.retelling import retold
from rongtong.portal.design.tables import Table
from rongtong.portal.imports.models import Upload
from rongtong.report import labels


class UploadTable(Table):
    """What was uploaded, by whom, and where it stands."""

    name = tables.Column(verbose_name=_("文件名"), linkify=("imports:upload", {"number": tables.A("pk")}))
    source = tables.Column(verbose_name=_("来源种类"))
    date = tables.DateColumn(verbose_name=_("数据日期"), format="Y-m-d")
    state = tables.Column(verbose_name=_("状态"))
    entry = tables.Column(verbose_name=_("台账条目"), attrs={"td": {"class": "is-number"}})
    made_by = tables.Column(verbose_name=_("经办人"))
    made_at = tables.DateTimeColumn(verbose_name=_("上传时间"), format="m-d H:i")

    class Meta(Table.Meta):
        model = Upload
        fields = ("name", "source", "date", "state", "entry", "made_by", "made_at")
        attrs = {"class": "table rt-table is-cards"}

    def render_source(self, value: str) -> str:
        """The kind of source in words."""
        return labels.source_kind(value)


class ProblemTable(Table):
    """One row a cell that wants a person, or what was passed over for a reason."""

    what = tables.Column(accessor="severity", empty_values=(), verbose_name=_("结果"))

    sheet = tables.Column(verbose_name=_("工作表"))
    row = tables.Column(verbose_name=_("行"))
    column = tables.Column(verbose_name=_("列"))
    text = tables.Column(verbose_name=_("原文"))
    reason = tables.Column(verbose_name=_("问题"))
    mend = tables.Column(verbose_name=_("建议"))

    class Meta(Table.Meta):
        pass

    def value_what(self, record: dict[str, Any]) -> str:
        """What became of it, in words."""
        return str(
            {"problem": _("没有采用，请核对"), "warning": _("已采用，请核对")}.get(
                record.get("severity", ""), _("有原因不采用")
            )
        )

    def value_reason(self, value: str) -> str:
        """What is wrong, in the reader's language."""
        return retold(value)

    def value_mend(self, value: str) -> str:
        """What to do about it, in the reader's language."""
        return retold(value)
