"""Entering a meeting, and answering one row of its sheet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, UploadField, not_later
from rongtong.portal.imports.forms import SUFFIXES
from rongtong.portal.postings.models import Posting


class MeetingForm(forms.Form):
    """When, where, which needs, and the sheet."""

    title = forms.CharField(label=_("对接会名称"), max_length=80)
    on = forms.DateField(label=_("日期"), initial=today, widget=DayInput, validators=[not_later])
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    needs = forms.ModelMultipleChoiceField(
        queryset=Posting.objects.filter(side=Posting.Side.NEED, state="open"),
        label=_("会上对接的需求"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("签到表里可以写需求名称，也可以写这里的序号"),
    )
    file = UploadField(suffixes=SUFFIXES, label=_("签到表"), help_text=_("要有企业名称或代码；联系人和电话不会读取"))


class AnswerForm(forms.Form):
    """Which firm and which need a row is."""

    row = forms.IntegerField(min_value=1)
    firm = forms.CharField(max_length=40, required=False)
    need = forms.ModelChoiceField(queryset=Posting.objects.filter(side=Posting.Side.NEED), required=False)
