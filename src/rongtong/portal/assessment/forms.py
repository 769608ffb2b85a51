"""The filter of the assessment page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.portal.assessment.queries import Question
from rongtong.portal.design.templatetags.design import VERDICTS
from rongtong.portal.registry.queries import districts
from rongtong.portal.rulebooks.queries import offered
from rongtong.report import labels
from rongtong.report.papers import WORDS, paper_of

ALL = ("", _("全部"))


class FilterForm(forms.Form):
    """Rulebook, verdict, district, missing fact, name."""

    rulebook = forms.ChoiceField(label=_("规则"), required=False, choices=offered)
    verdict = forms.ChoiceField(
        label=_("结论"),
        required=False,
        choices=[ALL, *((word, _(text)) for word, (_kind, text) in VERDICTS.items() if word)],
    )
    district = forms.ChoiceField(
        label=_("所属区市"), required=False, choices=lambda: [ALL, *((one, one) for one in districts())]
    )
    wanting = forms.CharField(label=_("缺"), required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("企业名称或代码"), required=False)

    def question(self) -> Question:
        """What is asked for; what is not a choice is not asked for."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Question(**given | {"rulebook": given["rulebook"] or settings.RULEBOOKS[0]})

    @property
    def wanting_label(self) -> str:
        """The missing fact asked for, in words."""
        return labels.of_slot(self.question().wanting)


class ProposalForm(forms.Form):
    """What an officer concludes, and why."""

    word = forms.ChoiceField(label=_("初审结论"))
    opinion = forms.CharField(
        label=_("经办意见"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明依据的条款和数据；复核通过后印在初审底稿上"),
    )

    def __init__(self, *args: Any, rulebook: str) -> None:
        super().__init__(*args)
        paper = paper_of(rulebook)
        told = [("", _("请选择")), *((one, worded(paper.word(one))) for one in WORDS)]
        self.fields["word"].choices = told  # type: ignore[attr-defined]  # a ChoiceField's
