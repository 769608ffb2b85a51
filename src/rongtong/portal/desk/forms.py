"""The notice form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput
from rongtong.portal.desk.models import Notice


class NoticeForm(forms.ModelForm[Notice]):
    """Title and text, and until when somebody may object."""

    class Meta:
        model = Notice
        fields = ("title", "body", "until")
        widgets = {"body": forms.Textarea(attrs={"rows": 10}), "until": DayInput}

    def clean_until(self) -> object:
        """A period that is over before the notice is out is a slip."""
        until = self.cleaned_data["until"]
        if until and until < today():
            raise ValidationError(_("公示期应在今天或以后结束"))
        return until
