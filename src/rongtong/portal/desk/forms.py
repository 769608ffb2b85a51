"""The notice form."""

from __future__ import annotations

from django import forms

from rongtong.portal.desk.models import Notice


class NoticeForm(forms.ModelForm[Notice]):
    """Title and text."""

    class Meta:
        model = Notice
        fields = ("title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}
