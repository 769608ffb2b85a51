"""What is asked about a workbook, a heading, a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.facts.importing import LONGEST
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, UploadField
from rongtong.report import labels

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")


class UploadForm(forms.Form):
    """A workbook, and what holds of it as a whole."""

    file = UploadField(
        suffixes=SUFFIXES,
        label=gettext_lazy("表格"),
        help_text=gettext_lazy("Excel、WPS 或 CSV；不得上传涉密信息。联系人、电话等栏目不会进入企业数据。"),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("来源种类"),
        help_text=gettext_lazy("来源不同，取舍的次序不同"),
        choices=lambda: [(one, labels.source_kind(one)) for one in catalogue().source_kinds],
        initial="district_workbook",
    )
    date = forms.DateField(label=gettext_lazy("数据日期"), initial=today, widget=DayInput)
    year = forms.IntegerField(
        label=gettext_lazy("报告年度"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=gettext_lazy("列名里没有年份的数据算哪一年，如 2021"),
    )
    complete = forms.MultipleChoiceField(
        label=gettext_lazy("核查了哪几项"),
        required=False,
        choices=lambda: [(value, f"{label}（{who}）") for value, label, who in _checked()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("所列企业没有记录的，即为没有"),
    )
    since = forms.IntegerField(label=gettext_lazy("核查期间从哪年"), required=False, min_value=1990, max_value=2100)
    until = forms.IntegerField(label=gettext_lazy("到哪年"), required=False, min_value=1990, max_value=2100)

    number = forms.CharField(
        label=gettext_lazy("文号"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("部门复函的文号，如 青税函〔2022〕5号；依据它的条款都写明"),
    )

    @property
    def about(self) -> list[forms.BoundField]:
        """What is asked of every file."""
        return [one for one in self.visible_fields() if one.name not in REPLY]

    @property
    def reply(self) -> list[forms.BoundField]:
        """What is asked of a bureau's reply."""
        return [self[name] for name in REPLY]

    def clean(self) -> dict[str, Any]:
        """The complete lists with their years, as the alliance takes them."""
        given = super().clean() or {}
        first, last = given.pop("since", None), given.pop("until", None)
        chosen = given.get("complete", [])
        if chosen and not (first and last and first <= last):
            self.add_error("until", _("请写核查期间的起止年份，复函上有，如 2020 到 2023"))
        given["complete"] = [f"{one}:{first}-{last}" for one in chosen]
        return given


#: What is asked of a bureau's reply alone.
REPLY = ("complete", "since", "until", "number")


def _checked() -> Iterator[tuple[str, str, str]]:
    """What bureaus are asked about: parts of lists, with their label and who replies."""
    for one in catalogue().lists:
        for part in one.subsets:
            if one.dated_by and part.settled_by and "amount" not in part.labels:
                yield f"{one.id}.{part.id}", worded(part.label), worded(part.settled_by)


class HeadingForm(forms.Form):
    """What a heading means."""

    heading = forms.CharField(widget=forms.HiddenInput)
    slot = forms.ChoiceField(label=gettext_lazy("含义"))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot = self.fields["slot"]
        assert isinstance(slot, forms.ChoiceField)  # noqa: S101 -- so the class declares it
        slot.choices = [("ignore", _("不采用这一列")), *meanings(years)]


class CellForm(forms.Form):
    """A cell of a sheet, and what it reads."""

    sheet = forms.CharField(required=False, max_length=200)
    cell = forms.RegexField(r"^[A-Z]{1,3}[1-9]\d{0,6}$")
    value = forms.CharField(label=gettext_lazy("应读作"), max_length=400, required=False)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)


def meanings(years: list[int]) -> list[tuple[str, str]]:
    """Every slot that a column can mean, with its label."""
    found: list[str] = []
    for field in catalogue().scalars:
        found += [field.id, *(f"{field.id}[{year}]" for year in years)] if field.per_year else [field.id]
    for field in catalogue().lists:
        found += [f"{field.id}.{subset.id}" for subset in field.subsets]
    yearly = {field.id for field in catalogue().scalars if field.per_year}
    told = _("（年度看标题或报告年度）")
    return [(slot, labels.of_slot(slot) + (told if slot in yearly else "")) for slot in found]


class YearForm(forms.Form):
    """The year of figures whose headings name none."""

    year = forms.IntegerField(label=gettext_lazy("报告年度"), min_value=1990, max_value=2100)
