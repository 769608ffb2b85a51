"""What is asked of a draft: from what it begins, its text and versions, and which firms of a trial."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.portal.authoring import trying
from rongtong.portal.authoring.models import Draft
from rongtong.portal.authoring.trying import Question
from rongtong.portal.design.forms import DayInput
from rongtong.portal.design.templatetags.design import VERDICTS
from rongtong.portal.registry.pages import title_of
from rongtong.qualify.difference import WAYS
from rongtong.qualify.shelf import editions, known
from rongtong.report.clauses import way

ALL = ("", gettext_lazy("全部"))


def official() -> list[tuple[str, str]]:
    """Every official edition, with what it is called."""
    every = [(one, book.edition) for one in known() for book in editions(one)]
    return [
        (f"{one}@{edition}", _("{title}（{edition} 版）").format(title=title_of(one), edition=edition))
        for one, edition in every
    ]


class CopyForm(forms.Form):
    """Which official edition to begin from."""

    based_on = forms.ChoiceField(label=gettext_lazy("官方规则"), choices=official)


class BeginForm(forms.Form):
    """A policy of one's own: what its notice says on its first page."""

    title = forms.CharField(label=gettext_lazy("政策名称"), max_length=200)
    document = forms.CharField(label=gettext_lazy("通知或办法的名称"), max_length=200)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=80, required=False)
    since = forms.DateField(label=gettext_lazy("从哪天起受理"), widget=DayInput)


class TextForm(forms.Form):
    """The whole file."""

    text = forms.CharField(
        label=gettext_lazy("规则文件"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "class": "rt-code", "spellcheck": "false"}),
    )


class VersionForm(forms.Form):
    """Which earlier text to go back to."""

    version = forms.IntegerField(min_value=1)


class PurposeForm(forms.Form):
    """As what firms apply in a trial."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("用途"),
        choices=[("new", gettext_lazy("首次申报")), ("review", gettext_lazy("复核"))],
        widget=forms.Select(attrs={"class": "form-select d-inline-block w-auto"}),
    )

    @classmethod
    def of(cls, draft: Draft) -> PurposeForm | None:
        """The choice as it was made last; None where the same is asked of both."""
        if not trying.by_purpose(draft):
            return None
        done = trying.about(draft)
        return cls(initial={"purpose": done.get("purpose", "new")} if done else None)

    @property
    def said(self) -> str:
        """What was chosen; a first application unless something else was."""
        return str(self.cleaned_data["purpose"]) if self.is_valid() else "new"


class TrialForm(forms.Form):
    """Which firms of a trial."""

    after = forms.ChoiceField(
        label=gettext_lazy("草稿的结论"),
        required=False,
        choices=[ALL, *((word, gettext_lazy(text)) for word, (_kind, text) in VERDICTS.items() if word)],
    )
    way = forms.ChoiceField(
        label=gettext_lazy("与官方的差别"),
        required=False,
        choices=lambda: [ALL, *((one, way(one).value) for one in WAYS)],
    )
    clause = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("企业名称或代码"), required=False)

    def __init__(self, *args: Any, compared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not compared:
            del self.fields["way"]

    def question(self) -> Question:
        """What is asked for; what is not a choice is not asked for."""
        self.is_valid()
        return Question(**{name: self.cleaned_data.get(name) or "" for name in self.fields})
