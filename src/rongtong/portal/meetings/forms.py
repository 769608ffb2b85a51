"""Entering a meeting, and answering one row of its sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, UploadField, not_later
from rongtong.portal.imports.forms import SUFFIXES
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm


class NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """Needs with the number that people may write on the sheet."""

    def label_from_instance(self, obj: Posting) -> str:
        """Number and title."""
        return f"{obj.pk}　{obj.title}"


class MeetingForm(forms.Form):
    """When, where, which needs, and the sheet."""

    title = forms.CharField(label=_("对接会名称"), max_length=80)
    on = forms.DateField(label=_("日期"), initial=today, widget=DayInput, validators=[not_later])
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    needs = NeedsField(
        queryset=Posting.objects.filter(side=Posting.Side.NEED, state="open"),
        label=_("会上对接的需求"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("签到表里可以写需求名称，也可以写这里的编号"),
    )
    file = UploadField(suffixes=SUFFIXES, label=_("签到表"), help_text=_("要有企业名称或代码；联系人和电话不会读取"))


class AnswerForm(forms.Form):
    """Which firm and which need a row is; the firm chosen, or told by its name or code."""

    line = forms.IntegerField(min_value=1)
    firm = forms.CharField(max_length=40, required=False)
    told = forms.CharField(max_length=100, required=False)
    need = forms.ModelChoiceField(queryset=Posting.objects.filter(side=Posting.Side.NEED), required=False)

    def clean_told(self) -> str:
        """The id of the firm told; empty when none was."""
        told = self.cleaned_data["told"].strip()
        found = Firm.objects.filter(Q(name=told) | Q(uscc=told.upper())).first() if told else None
        if told and found is None:
            raise forms.ValidationError(_("库内没有“{told}”，请写全称或代码").format(told=told))
        return found.id if found else ""

    def answer(self) -> dict[str, Any]:
        """As the operation takes it."""
        given = self.cleaned_data
        return {"line": given["line"], "firm": given["told"] or given["firm"], "need": given["need"]}
