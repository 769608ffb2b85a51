"""Comparisons, and the matches of one, as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.lists import OUTCOMES
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.design.tables import Table


class ComparisonTable(Table):
    """One row a list that was compared."""

    name = tables.Column(verbose_name=gettext_lazy("名单"))
    made_at = tables.Column(verbose_name=gettext_lazy("比对时间"))
    rows = tables.Column(accessor="counts__rows", verbose_name=gettext_lazy("名单行数"))
    same = tables.Column(accessor="counts__same", verbose_name=gettext_lazy("一致"))
    ask = tables.Column(accessor="counts__ask", verbose_name=gettext_lazy("待核"))
    none = tables.Column(accessor="counts__none", verbose_name=gettext_lazy("库内没有"))

    class Meta(Table.Meta):
        model = Comparison
        fields = ("name", "made_at", "rows", "same", "ask", "none")


class MatchTable(Table):
    """One row of a list, with the firm that it was found to be."""

    row = tables.Column(verbose_name=gettext_lazy("行"))
    given_name = tables.Column(verbose_name=gettext_lazy("名单上的名称"))
    given_uscc = tables.Column(verbose_name=gettext_lazy("名单上的代码"))
    outcome = tables.Column(verbose_name=gettext_lazy("比对结果"))
    name = tables.Column(verbose_name=gettext_lazy("库内企业"))
    uscc = tables.Column(verbose_name=gettext_lazy("库内统一社会信用代码"))
    among = tables.Column(verbose_name=gettext_lazy("候选企业"))
    near = tables.Column(verbose_name=gettext_lazy("相近企业"))
    why = tables.Column(verbose_name=gettext_lazy("比对依据"))

    class Meta(Table.Meta):
        pass

    def as_values(self, exclude_columns: object = None) -> Iterator[list[Any]]:
        """Header and rows, without what a table does for a page: a list may have a hundred thousand."""
        del exclude_columns
        names = self.columns.names()
        yield [str(column.header) for column in self.columns]
        words = {outcome: _(text) for outcome, text in OUTCOMES.items()}
        for row in self.data:
            yield [words[row[name]] if name == "outcome" else row[name] for name in names]


class AnswerTable(Table):
    """One row a wording on lists of which somebody said which firm it is."""

    called = tables.Column(verbose_name=gettext_lazy("名单上的写法"))
    code = tables.Column(verbose_name=gettext_lazy("名单上的代码"))
    told = tables.Column(verbose_name=gettext_lazy("答复"))
    by = tables.Column(verbose_name=gettext_lazy("答复人"))
    at = tables.Column(verbose_name=gettext_lazy("答复时间"))
    entry = tables.Column(verbose_name=gettext_lazy("台账条目"))

    class Meta(Table.Meta):
        pass
