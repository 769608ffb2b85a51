"""What the page of a path is asked."""

from __future__ import annotations

import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.editions import Purpose
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, not_far
from rongtong.portal.paths.queries import Question
from rongtong.portal.rulebooks.queries import offered

PURPOSES = (("new", gettext_lazy("首次申报")), ("review", gettext_lazy("复核（已有称号）")))


def not_earlier(day: datetime.date) -> None:
    """Refuse a day that is over."""
    if day < today():
        raise forms.ValidationError(_("申请日期不能早于今天"))


class AskForm(forms.Form):
    """Towards what, as what, on which day."""

    rulebook = forms.ChoiceField(label=gettext_lazy("想达到"), required=False, choices=offered)
    purpose = forms.ChoiceField(label=gettext_lazy("用途"), required=False, choices=PURPOSES)
    at = forms.DateField(
        label=gettext_lazy("打算哪天申请"), required=False, widget=DayInput, validators=[not_earlier, not_far]
    )

    def question(self) -> Question:
        """What is asked for; what is not a choice is not asked for."""
        self.is_valid()
        given = self.cleaned_data
        purpose: Purpose = "review" if given.get("purpose") == "review" else "new"
        return Question(given.get("rulebook") or settings.RULEBOOKS[0], purpose, given.get("at"))
