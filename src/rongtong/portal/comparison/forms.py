"""What is asked about a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import column_index_from_string

from rongtong.portal.comparison.filling import TITLES, choices
from rongtong.portal.design.forms import Checks, UploadField
from rongtong.portal.imports.forms import SUFFIXES

_LETTERS = r"^[A-Za-z]{1,2}$"


class ListForm(forms.Form):
    """A workbook or pasted lines, the columns, and what to fill in."""

    file = UploadField(
        suffixes=SUFFIXES,
        label=gettext_lazy("名单表格"),
        required=False,
        help_text=gettext_lazy("Excel、WPS 或 CSV；Excel 原来的顺序和样式不变，结果填在右侧"),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴"),
        required=False,
        help_text=gettext_lazy("一行一家，名称或代码"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.RegexField(
        _LETTERS, label=gettext_lazy("名称在哪一列"), required=False, help_text=gettext_lazy("如 B；不填自动识别")
    )
    code = forms.RegexField(_LETTERS, label=gettext_lazy("代码在哪一列"), required=False)
    fields_wanted = forms.MultipleChoiceField(
        label=gettext_lazy("回填哪些数据"), required=False, initial=["district", TITLES], widget=Checks
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.fields["fields_wanted"]
        assert isinstance(wanted, forms.MultipleChoiceField)  # noqa: S101 -- so the class declares it
        wanted.choices = choices()

    def clean(self) -> dict[str, Any]:
        """One of file and text, and columns as numbers."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and not given.get("text", "").strip():
            raise forms.ValidationError(_("请上传名单，或粘贴几行名称"))
        return given

    def asked(self) -> dict[str, Any]:
        """The arguments of the operation."""
        given = self.cleaned_data
        columns = {key: column_index_from_string(given[key].upper()) - 1 for key in ("name", "code") if given.get(key)}
        return {"file": given["file"], "text": given["text"], "columns": columns, "fields": given["fields_wanted"]}


class RowForm(forms.Form):
    """Which firm a row is: chosen from those shown, or named; neither says that it is none of them."""

    row = forms.IntegerField(min_value=1)
    firm = forms.SlugField(required=False)
    named = forms.CharField(required=False, max_length=200)
    seen = forms.IntegerField(min_value=0)

    def asked(self) -> dict[str, Any]:
        """The arguments of the operation."""
        given = self.cleaned_data
        return {"row": given["row"], "firm": given["named"].strip() or given["firm"], "seen": given["seen"]}


class EntryForm(forms.Form):
    """The answer to take back."""

    entry = forms.IntegerField(min_value=1)
