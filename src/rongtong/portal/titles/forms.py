"""Filters, calls and changes."""

from __future__ import annotations

import datetime

from django import forms
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.duties import Duty, duties, rulebooks
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, not_far, not_later
from rongtong.portal.design.templatetags.design import VERDICTS
from rongtong.portal.registry.queries import districts
from rongtong.portal.titles import lasting
from rongtong.portal.titles.queries import AHEAD, Question

ALL = ("", gettext_lazy("全部"))


def dated() -> list[Duty]:
    """The duties that have a day."""
    return [duty for duty in duties() if not duty.after_change]


def duty_choices() -> list[tuple[str, object]]:
    """Those duties, with the document that asks for them."""
    return [ALL, *((one.id, f"{one.called}（{worded(one.source.number or one.source.document)}）") for one in dated())]


def kind_choices() -> list[tuple[str, object]]:
    """The titles that have such a duty."""
    return [ALL, *((one, worded(one)) for one in sorted({kind for duty in dated() for kind in duty.titles}))]


class FilterForm(forms.Form):
    """Which duties."""

    duty = forms.ChoiceField(label=gettext_lazy("事项"), required=False, choices=duty_choices)
    kind = forms.ChoiceField(label=gettext_lazy("称号"), required=False, choices=kind_choices)
    district = forms.ChoiceField(
        label=gettext_lazy("所属区市"), required=False, choices=lambda: [ALL, *((one, one) for one in districts())]
    )
    until = forms.DateField(label=gettext_lazy("截至"), required=False, widget=DayInput, validators=[not_far])
    done = forms.BooleanField(label=gettext_lazy("看已办的"), required=False)

    def question(self) -> Question:
        """What is asked for."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) or "" for name in ("duty", "kind", "district")}
        until: datetime.date = self.cleaned_data.get("until") or today() + AHEAD
        return Question(**given, done=bool(self.cleaned_data.get("done")), until=until)


class TickForm(forms.Form):
    """A duty of a firm that was ticked."""

    firm = forms.SlugField()
    duty = forms.ChoiceField(choices=lambda: [(duty.id, duty.called) for duty in duties()])
    kind = forms.CharField(max_length=60, required=False)
    due = forms.DateField()

    @classmethod
    def of(cls, ticked: str) -> TickForm:
        """The form of a box's value, ``firm|duty|kind|day``."""
        return cls(dict(zip(("firm", "duty", "kind", "due"), ticked.split("|"), strict=False)))


class CallForm(forms.Form):
    """A call."""

    note = forms.CharField(label=gettext_lazy("联系情况"), max_length=300)
    on = forms.DateField(label=gettext_lazy("日期"), initial=today, widget=DayInput, validators=[not_later])


class ChangeForm(forms.Form):
    """A change that must be reported."""

    what = forms.CharField(
        label=gettext_lazy("变化事项"), max_length=200, help_text=gettext_lazy("更名、合并、重组、迁移等")
    )
    on = forms.DateField(label=gettext_lazy("发生日期"), widget=DayInput, validators=[not_later])


class LastingForm(forms.Form):
    """Which titles that run out."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("到那天的结论"),
        required=False,
        choices=[ALL, *((word, gettext_lazy(text)) for word, (_kind, text) in VERDICTS.items() if word)],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("称号"),
        required=False,
        choices=lambda: [ALL, *((one, worded(one)) for one in rulebooks())],
    )
    district = forms.ChoiceField(
        label=gettext_lazy("所属区市"), required=False, choices=lambda: [ALL, *((one, one) for one in districts())]
    )

    def question(self) -> lasting.Question:
        """What is asked for; what is not a choice is not asked for."""
        if not self.is_valid():
            return lasting.Question()
        asked = {name: self.cleaned_data[name] for name in self.fields}
        return lasting.Question(**asked)
