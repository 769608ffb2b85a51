"""The application form and its review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, PaperField, not_later
from rongtong.portal.membership.models import Application, Kind


class ApplicationForm(forms.ModelForm[Application]):
    """What a firm adds to what is known of it."""

    class Meta:
        model = Application
        fields = ("kind", "contact", "phone", "wish")
        widgets = {"wish": forms.Textarea(attrs={"rows": 3})}


class ScanForm(forms.Form):
    """The stamped form."""

    scan = PaperField(label=_("盖章申请表"), help_text=_("PDF 或照片；不得上传涉密信息"))


class LeaveForm(forms.Form):
    """Since when and why a firm is a member no longer."""

    on = forms.DateField(label=_("退会日期"), initial=today, widget=DayInput, validators=[not_later])
    reason = forms.CharField(label=_("退会原因"), max_length=200)


class ReviewForm(forms.Form):
    """The secretariat's answer."""

    kind = forms.ChoiceField(label=_("会员类别"), choices=Kind.choices, required=False)
    group = forms.CharField(label=_("专业工作组"), max_length=60, required=False)
    since = forms.DateField(label=_("入会日期"), initial=today, widget=DayInput)
    reason = forms.CharField(label=_("退回原因"), max_length=200, required=False)
