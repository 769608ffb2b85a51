"""What a firm says, and what an officer decides."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.i18n import joined
from rongtong.portal.design.forms import DayInput, PaperField
from rongtong.portal.filings.queries import SOURCES, sources_of
from rongtong.portal.filings.topics import Topic, topics
from rongtong.report import labels

TITLE = "titles"
UNIT = re.compile(r"[万亿千百]?元|[万亿]$")


def _choices(topic: Topic) -> tuple[str, list[tuple[str, str]]]:
    """What can be stated of a part of the catalogue, under its title."""
    return topic.title, [(item.slot, labels.of_slot(item.slot)) for item in topic.items]


class FilingForm(forms.Form):
    """One fact, with its document."""

    slot = forms.ChoiceField(
        label=gettext_lazy("数据项"),
        choices=lambda: [("", _("请选择")), *map(_choices, topics())],
    )
    value = forms.CharField(
        label=gettext_lazy("填报值"), max_length=200, help_text=gettext_lazy("照凭证填，金额请带单位，如 4,448.8万元")
    )
    source = forms.ChoiceField(
        label=gettext_lazy("凭证种类"), choices=lambda: [(one, labels.source_kind(one)) for one in SOURCES]
    )
    document = PaperField(
        label=gettext_lazy("凭证"), required=False, help_text=gettext_lazy("PDF 或照片，加盖公章；不得上传涉密信息")
    )
    page = forms.IntegerField(label=gettext_lazy("在第几页"), required=False, min_value=1, max_value=999)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Anything better than the firm's own word needs a document; some facts need one of its own kind."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        money = labels.type_of(given.get("slot", "")) == "money"
        if money and str(given.get("value", "")).strip() and not UNIT.search(str(given["value"])):
            self.add_error("value", _("金额请带单位，如 4,448.8万元"))
        if given.get("source") != "firm_form" and not given.get("document"):
            self.add_error("document", _("这种凭证要上传原件"))
        allowed = sources_of(catalogue()[Slot.parse(given["slot"]).field]) if given.get("slot") else []
        if allowed and given.get("source") not in (None, *allowed):
            kinds = joined(map(labels.source_kind, allowed))
            self.add_error("source", _("这一项只采用：{kinds}").format(kinds=kinds))
        return given


def title_kinds() -> list[tuple[str, str]]:
    """The kinds of titles that the catalogue knows."""
    kind = catalogue()[TITLE].attribute("kind")
    return [(one, worded(one)) for one in kind.values] if kind else []


class TitleForm(forms.Form):
    """A title granted or renewed, with its document."""

    kind = forms.ChoiceField(label=gettext_lazy("称号"), choices=title_kinds)
    number = forms.CharField(label=gettext_lazy("认定文号"), max_length=80)
    authority = forms.CharField(label=gettext_lazy("认定机关"), max_length=80)
    granted_on = forms.DateField(label=gettext_lazy("认定日期"), widget=DayInput)
    valid_until = forms.DateField(label=gettext_lazy("有效期至"), widget=DayInput)
    document = PaperField(label=gettext_lazy("认定文件或证书"), help_text=gettext_lazy("PDF 或照片；不得上传涉密信息"))


class DecisionForm(forms.Form):
    """What the officer decides."""

    seal_seen = forms.BooleanField(label=gettext_lazy("公章已核"), required=False)
    reason = forms.CharField(label=gettext_lazy("退回原因"), max_length=200, required=False)
