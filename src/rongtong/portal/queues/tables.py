"""The two queues as files; their pages show the same side by side."""

from __future__ import annotations

from collections.abc import Iterable

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.facts.snapshot import Row
from rongtong.i18n import joined
from rongtong.portal.design.tables import FirmTable, Table
from rongtong.report import labels


def claims_of(conflicts: Iterable[Row]) -> list[Row]:
    """The conflicts as rows of a file: one row a claim, with the firm and the fact that it is about."""
    return [
        claim | {name: one[name] for name in ("slot", "name", "uscc", "district")}
        for one in conflicts
        for claim in one["claims"]
    ]


class ConflictTable(FirmTable):
    """One row a claim on a contested fact."""

    slot = tables.Column(verbose_name=gettext_lazy("数据项"))
    value = tables.Column(verbose_name=gettext_lazy("来源所说"))
    chosen = tables.Column(verbose_name=gettext_lazy("现采用"))
    file = tables.Column(verbose_name=gettext_lazy("文件"))
    sheet = tables.Column(verbose_name=gettext_lazy("工作表"))
    row = tables.Column(verbose_name=gettext_lazy("行"))
    date = tables.Column(verbose_name=gettext_lazy("数据日期"))

    def value_slot(self, value: str) -> str:
        """The fact in words."""
        return labels.of_slot(value)

    def value_value(self, value: str, record: Row) -> str:
        """The value as an officer writes it."""
        return labels.of_claim(record["slot"], value)

    def value_chosen(self, value: bool) -> str:
        """Yes or no."""
        return _("是") if value else _("否")


class DuplicateTable(Table):
    """One row a pair."""

    left_name = tables.Column(verbose_name=gettext_lazy("企业甲"))
    left_uscc = tables.Column(verbose_name=gettext_lazy("甲的信用代码"))
    left_district = tables.Column(verbose_name=gettext_lazy("甲所属区市"))
    right_name = tables.Column(verbose_name=gettext_lazy("企业乙"))
    right_uscc = tables.Column(verbose_name=gettext_lazy("乙的信用代码"))
    right_district = tables.Column(verbose_name=gettext_lazy("乙所属区市"))
    likely = tables.Column(verbose_name=gettext_lazy("可能性"))
    reasons = tables.Column(verbose_name=gettext_lazy("依据"))
    left_file = tables.Column(verbose_name=gettext_lazy("甲的来源"))
    right_file = tables.Column(verbose_name=gettext_lazy("乙的来源"))

    class Meta(Table.Meta):
        pass

    def value_reasons(self, value: list[str]) -> str:
        """The reasons in words."""
        return joined(value, "；")

    def value_left_file(self, record: Row) -> str:
        """File, sheet and row."""
        return _place(record, "left")

    def value_right_file(self, record: Row) -> str:
        """File, sheet and row."""
        return _place(record, "right")


class BoundsTable(Table):
    """One row a pair of bounds."""

    low = tables.Column(verbose_name=gettext_lazy("下门槛"))
    high = tables.Column(verbose_name=gettext_lazy("上门槛"))
    questions = tables.Column(verbose_name=gettext_lazy("需问人的名称对"))
    wrong = tables.Column(verbose_name=gettext_lazy("预计误并"))
    missed = tables.Column(verbose_name=gettext_lazy("预计漏并"))
    chosen = tables.Column(verbose_name=gettext_lazy("现用"))

    class Meta(Table.Meta):
        pass

    def value_chosen(self, value: bool) -> str:
        """Yes or no."""
        return _("是") if value else _("否")


class UndividedTable(Table):
    """One row a thing written while two firms were one."""

    kept = tables.Column(verbose_name=gettext_lazy("现在写在"))
    gone = tables.Column(verbose_name=gettext_lazy("也可能是"))
    what = tables.Column(accessor="row__what", verbose_name=gettext_lazy("种类"))
    told = tables.Column(accessor="row__told", verbose_name=gettext_lazy("内容"))
    at = tables.Column(accessor="row__at", verbose_name=gettext_lazy("写下日期"))
    by = tables.Column(accessor="row__by", verbose_name=gettext_lazy("写下的人"))

    class Meta(Table.Meta):
        pass


def _place(pair: Row, side: str) -> str:
    row = _("第 {n} 行").format(n=pair[f"{side}_row"])
    return " ".join(filter(None, (pair[f"{side}_file"], pair[f"{side}_sheet"], row)))
