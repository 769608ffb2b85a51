"""Entering a meeting, and answering one row of its sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, UploadField, not_later
from rongtong.portal.imports.forms import SUFFIXES
from rongtong.portal.meetings.models import Line, Meeting
from rongtong.portal.meetings.reading import fields
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.queries import shown_to


class NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """Needs with the number that people may write on the sheet."""

    def label_from_instance(self, obj: Posting) -> str:
        """Number and title."""
        return f"{obj.pk}　{obj.title}"


def _choose_from(field: forms.Field, needs: QuerySet[Posting]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- stands in the form
    field.queryset = needs


class MeetingForm(forms.Form):
    """When, where, which needs, and the sheet."""

    title = forms.CharField(label=_("对接会名称"), max_length=80)
    on = forms.DateField(label=_("日期"), initial=today, widget=DayInput, validators=[not_later])
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    every = forms.BooleanField(label=_("全部开放的需求都在会上对接"), required=False)
    needs = NeedsField(
        queryset=Posting.objects.none(),
        label=_("会上对接的需求"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("签到表里可以写需求名称，也可以写这里的编号"),
    )
    file = UploadField(suffixes=SUFFIXES, label=_("签到表"), help_text=_("要有企业名称或代码；联系人和电话不会读取"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown_to(user, Posting.Side.NEED)
        _choose_from(self.fields["needs"], self.shown)

    def clean(self) -> dict[str, Any]:
        """With every open need that is shown where that is ticked; at least one."""
        given = super().clean() or {}
        if given.pop("every", False):
            given["needs"] = self.shown
        if not given.get("needs"):
            self.add_error("needs", _("请至少选一条需求，或勾选“全部开放的需求”"))
        return given


def columns() -> list[tuple[str, str]]:
    """What a column of a sign-in sheet may be said to be; empty: nothing of use."""
    known = [(field.id, worded(field.label)) for field in fields().scalars]
    return [*known, ("", gettext("不用这一栏"))]


class ColumnForm(forms.Form):
    """What a column of the sheet is."""

    heading = forms.CharField(max_length=200)
    field = forms.ChoiceField(choices=columns, required=False)


class AnswerForm(forms.Form):
    """Which firm and which need a row is; the firm chosen, or told by its name or code."""

    line = forms.IntegerField(min_value=1)
    firm = forms.CharField(max_length=40, required=False)
    told = forms.CharField(max_length=100, required=False)
    need = forms.ModelChoiceField(queryset=Posting.objects.none(), required=False)
    follows = forms.ChoiceField(choices=Line.Follows.choices, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self.fields["need"], meeting.needs.all())

    def answer(self) -> dict[str, Any]:
        """As the operation takes it."""
        given = self.cleaned_data
        return {
            "line": given["line"],
            "firm": given["told"].strip() or given["firm"],
            "need": given["need"],
            "follows": given["follows"],
        }
