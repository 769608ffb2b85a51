"""Filters, answers, the terms of a contract, messages, outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.portal.design.forms import DayInput, UploadField, not_later
from rongtong.portal.introductions.listing import Question
from rongtong.portal.introductions.models import TERMS, Band, Cooperation, Outcome, Side, flow
from rongtong.workflows import Transition

#: What people in talks send each other: papers, pictures, tables, drawings.
ATTACHED = (
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".heic",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".dwg",
    ".dxf",
    ".step",
    ".stp",
    ".zip",
)
#: The largest attachment, bytes.
LARGEST = 20 << 20
ANY = ("", gettext_lazy("全部"))
#: Nothing is chosen for anybody.
CHOOSE = ("", gettext_lazy("请选择"))


#: A month of a year that a date may have.
MONTH = r"^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])$"


class FilterForm(forms.Form):
    """Which introductions."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=lambda: [ANY, *((one.id, worded(one.label)) for one in flow().states)],
    )
    side = forms.ChoiceField(label=gettext_lazy("我方是"), required=False, choices=[ANY, *Side.choices])
    q = forms.CharField(label=gettext_lazy("需求标题"), required=False, max_length=60)
    stuck = forms.BooleanField(label=gettext_lazy("只看停滞的"), required=False)
    waiting = forms.BooleanField(widget=forms.HiddenInput, required=False)
    agreed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    won = forms.BooleanField(widget=forms.HiddenInput, required=False)
    size = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    begun = forms.RegexField(MONTH, widget=forms.HiddenInput, required=False)
    signed = forms.RegexField(MONTH, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, of_a_side: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_a_side:
            self.fields["side"].label = _("待哪一方办理")

    def question(self) -> Question:
        """What is asked for."""
        self.is_valid()
        given = self.cleaned_data
        return Question(**{name: value for name, value in given.items() if value})


class MoveForm(forms.Form):
    """A transition with its reason and terms; which of them are wanted the operation knows."""

    transition = forms.SlugField()
    reason = forms.CharField(max_length=200, required=False)
    kind = forms.CharField(max_length=30, required=False)
    band = forms.CharField(max_length=12, required=False)
    day = forms.CharField(max_length=10, required=False)

    def terms(self) -> dict[str, str]:
        """What was said of a contract."""
        return {name: self.cleaned_data[name] for name in TERMS if self.cleaned_data.get(name)}


class TermsForm(forms.Form):
    """What both sides of a contract say alike; of a performed one only the amount."""

    kind = forms.ChoiceField(label=TERMS["kind"], choices=[CHOOSE, *Cooperation.choices])
    band = forms.ChoiceField(label=TERMS["band"], choices=[CHOOSE, *Band.choices])
    day = forms.DateField(label=TERMS["day"], widget=DayInput, validators=[not_later])

    def __init__(self, *args: Any, way: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"auto_id": f"id_{way.id}_%s"}))
        self.way = way
        for name in set(self.fields) - set(way.alike):
            del self.fields[name]


class IntentForm(forms.Form):
    """The amount that is intended."""

    band = forms.ChoiceField(label=gettext_lazy("意向金额"), choices=[CHOOSE, *Band.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"auto_id": "id_intent_%s"}))


class OutcomeForm(forms.Form):
    """What has come of a contract."""

    months = forms.IntegerField(widget=forms.HiddenInput)
    going = forms.ChoiceField(label=gettext_lazy("履约情况"), choices=Outcome.Going.choices)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)


class MessageForm(forms.Form):
    """A message to the other side."""

    text = forms.CharField(
        label=gettext_lazy("内容"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    attachment = UploadField(
        label=gettext_lazy("附件"), required=False, suffixes=ATTACHED, limit=LARGEST,
        help_text=gettext_lazy("图纸、文件或照片，20 MB 以内；不得上传涉密信息"),
    )  # fmt: skip  # read by rows

    def clean(self) -> dict[str, Any]:
        """Something is written or attached."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("text", "").strip() and not given.get("attachment"):
            self.add_error("text", _("还没有写内容"))
        return given


class ApplyForm(forms.Form):
    """Why one's own firm fits."""

    words = forms.CharField(
        label=gettext_lazy("自荐说明"), max_length=300, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("写明做过什么、能做到什么；对方同意之前不要写联系方式"),
    )  # fmt: skip  # read by rows


class LimitForm(forms.Form):
    """How many introductions at once; empty: as many as is usual."""

    most = forms.IntegerField(
        label=gettext_lazy("最多同时接洽几家"), required=False, min_value=0, max_value=1000,
        help_text=gettext_lazy("统筹分配时不会超过；不写按 4 家，写 0 就不再分配"),
    )  # fmt: skip  # read by rows


class CallForm(forms.Form):
    """What was said in a call."""

    note = forms.CharField(label=gettext_lazy("联系情况"), max_length=200, required=False)


class TickForm(forms.Form):
    """A side of an introduction that was ticked."""

    introduction = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    side = forms.ChoiceField(choices=Side.choices)

    @classmethod
    def of(cls, ticked: str) -> TickForm:
        """The form of a box's value, ``number|side``."""
        return cls(dict(zip(("introduction", "side"), ticked.split("|"), strict=False)))
