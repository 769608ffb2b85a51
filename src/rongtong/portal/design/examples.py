"""The components of the living page: each is rendered from the very markup that the page prints beneath it."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
from django import forms
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rongtong.portal.design.tables import Table

#: What each component is called, and how a template uses it.
EXAMPLES = (
    (
        _("页头"),
        """<header class="rt-head"><div><p class="rt-crumbs"><a href="#main">企业库</a></p><h2>青岛样例轴承有限公司</h2>
<p>一句话说明这一页要办什么。</p></div>
<div class="rt-actions"><button class="btn btn-primary">主要动作</button></div></header>""",
    ),
    (_("筛选条"), """{% include "design/filter.html" with form=form %}"""),
    (_("数据表"), """{% load django_tables2 %}{% render_table table %}"""),
    (_("数据与出处"), """<b>{% of_value "revenue[2021]" value %}</b> {% source claim %}"""),
    (_("是、否、未知"), """{% mark True %} {% mark False %} {% mark None %}"""),
    (
        _("结论"),
        """{% verdict "qualified" %} {% verdict "not_qualified" %} {% verdict "undetermined" %} {% verdict None %}""",
    ),
    (
        _("结论卡"),
        """{% include "design/verdict_card.html" with href="#main" title="专精特新中小企业" story=story %}""",
    ),
    (_("得分与上下限"), """{% score_bar 52 72 60 100 %} {% small_bar 3 5 10 %}"""),
    (_("成对的柱"), """{% columns "按月" "新对接" "签约" pairs %}"""),
    (_("取舍的曲线"), """{% curve "取舍" "有对接的企业（家）" "预期成功合计" ends %}"""),
    (_("经过"), """{% timeline history %}"""),
    (_("步骤"), """{% steps 2 "上传" "读取" "核对" "导入" %}"""),
    (_("没有内容时"), """{% empty "没有待确认的填报" "企业补充或更正数据后，会出现在这里" "#main" "看企业库" %}"""),
    (_("进度"), """{% progress 0.4 %}"""),
    (
        _("提示"),
        """{% notice "已记入台账，可以撤销" "yes" %}{% notice "文件不是表格" "no" %}
{% notice "有 2 处更正正在结算" "unknown" %}""",
    ),
    (_("大数字"), """{% figure "在册企业" 1234 "家" %}"""),
    (_("试算前后"), """{% changed "qualified" 63 71 %}"""),
    (
        _("办了不能恢复的事"),
        """{% include "design/sure.html" with href="#main" label="撤下" told="撤下后不再显示，不能恢复。" %}""",
    ),
    (_("滑块"), """{% slider bound %}"""),
    (_("导出"), """{% exports %}"""),
)


class ExampleForm(forms.Form):
    """Of the filter bar."""

    district = forms.ChoiceField(label=_("所属区市"), choices=[("", _("全部")), ("崂山区", "崂山区")], required=False)
    text = forms.CharField(label=_("企业名称或代码"), required=False)


class ExampleTable(Table):
    """Of the data table."""

    name = tables.Column(verbose_name=_("企业名称"))
    low = tables.Column(verbose_name=_("得分"), attrs={"td": {"class": "is-number"}, "th": {"class": "is-number"}})

    class Meta(Table.Meta):
        orderable = False


def context() -> dict[str, Any]:
    """What the examples show; names and figures are invented."""
    return {
        "form": ExampleForm(),
        "table": ExampleTable(
            [{"name": "青岛样例轴承有限公司", "low": 72}, {"name": "青岛样例密封件有限公司", "low": 58}]
        ),
        "value": 44488000,
        "claim": SimpleNamespace(mention="example", cell="D17", file="市南区汇总表.xlsx", sheet="汇总表"),
        "story": {"verdict": "undetermined", "score": [52, 72], "lacks": 2},
        "bound": SimpleNamespace(
            id="example-bound",
            name="example",
            label="上年度研发费用不低于",
            unit="万元",
            moved=False,
            attributes={"official": "100", "value": "100", "min": "0", "max": "300", "step": "1"},
        ),
        "pairs": [("2022-08", 6, 2), ("2022-09", 9, 4), ("2022-10", 14, 7)],
        "ends": [(9, 11.4, "0", False), (12, 11.1, "0.02", True), (16, 9.8, "0.2", False)],
        "history": [(datetime.datetime(2022, 10, 25, 9, 30, tzinfo=datetime.UTC), "催办：到期复核", "王敏")],
    }


def rendered(request: Any) -> list[tuple[Any, str, SafeString]]:
    """Each component: what it is called, its markup, and what that becomes."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101 -- the settings name no other
    held = context() | {"request": request}
    return [(name, text, engine.engine.from_string(text).render(Context(dict(held)))) for name, text in EXAMPLES]
