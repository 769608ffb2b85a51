"""What was found, how and on which ground; which of what is still to be found out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.portal.assessment.queries import Question
from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, PaperField, not_later
from rongtong.portal.people.models import User
from rongtong.portal.registry.queries import districts
from rongtong.portal.statements import matters
from rongtong.portal.statements.matters import Matter
from rongtong.portal.statements.models import Statement
from rongtong.portal.statements.queries import facts_of
from rongtong.report import figures, labels

ALL = ("", gettext_lazy("全部"))
#: That the firm has nothing which were to be checked offline, as one of the outcomes of such a check.
NOTHING = "nothing"


class StatementForm(forms.Form):
    """What was found of one matter; of an offline check only who, when and what came of it."""

    value = forms.ChoiceField(label=gettext_lazy("核查结论"), widget=forms.RadioSelect)
    method = forms.ChoiceField(label=gettext_lazy("核查方式"))
    checker = forms.CharField(
        label=gettext_lazy("核查人或专家组"), max_length=60, help_text=gettext_lazy("如“王敏、李洁”或“专家组 3 人”")
    )
    checked_on = forms.DateField(label=gettext_lazy("核查日期"), widget=DayInput, validators=[not_later])
    basis = forms.CharField(
        label=gettext_lazy("判断依据"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("看了什么、据此怎样判断；不得录入涉密信息"),
    )
    number = forms.CharField(label=gettext_lazy("报告编号或文号"), max_length=60, required=False)
    document = PaperField(
        label=gettext_lazy("佐证材料"),
        required=False,
        help_text=gettext_lazy("核查记录、专家意见或报告，PDF 或照片；不得上传涉密信息"),
    )
    reason = forms.CharField(label=gettext_lazy("更正原因"), max_length=200, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matter: Matter, before: list[Statement], actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.fields["method"].choices = [(one.value, one.label) for one in matter.methods]  # type: ignore[attr-defined]  # a ChoiceField's
        self.fields["checker"].initial, self.fields["checked_on"].initial = str(actor), today()
        self.fields["seen"].initial = " ".join(str(one.pk) for one in before)
        self._outcome()
        if matter.offline:
            for name in ("method", "basis", "number", "document"):
                del self.fields[name]
        if not before:
            del self.fields["reason"]

    def _outcome(self) -> None:
        """Yes or no, or a figure in its limits."""
        field = self.matter.field
        if self.matter.scored:
            self.fields["value"] = forms.DecimalField(
                label=gettext_lazy("得分"), min_value=field.minimum, max_value=field.maximum, decimal_places=2
            )
            return
        nothing = [(NOTHING, gettext_lazy("企业不涉及国防专利或国防科技奖励"))] if self.matter.offline else []
        words = [("是", gettext_lazy("符合")), ("否", gettext_lazy("不符合")), *nothing]
        self.fields["value"].choices = words  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """A score is read off something, which is to be named."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.matter.scored and not given.get("number") and not given.get("document"):
            self.add_error("number", _("得分要有出处：请写报告编号，或上传报告"))
        return given

    def stated(self) -> dict[str, Any]:
        """What is to be recorded."""
        given = dict(self.cleaned_data)
        slot, value = self.matter.slot, str(given.pop("value"))
        if value == NOTHING:
            slot, value = matters.NOTHING, "否"
        elif self.matter.scored:
            value = figures.trimmed(self.cleaned_data["value"])
        seen = [int(one) for one in given.pop("seen").split() if one.isdigit()]
        return {"method": Statement.Method.OFFLINE} | given | {"slot": slot, "value": value, "seen": seen}


class DueForm(forms.Form):
    """Rulebook, district, what is to be found out, name."""

    rulebook = forms.ChoiceField(label=gettext_lazy("规则"), required=False)
    district = forms.ChoiceField(
        label=gettext_lazy("所属区市"), required=False, choices=lambda: [ALL, *((one, one) for one in districts())]
    )
    wanting = forms.ChoiceField(label=gettext_lazy("核查事项"), required=False)
    text = forms.CharField(label=gettext_lazy("企业名称或代码"), required=False)

    def __init__(self, data: QueryDict, *, counts: list[tuple[str, str, int | None]]) -> None:
        """*counts* are the rulebooks with how much is due; the first that has any is asked where nobody chooses."""
        self.first = next((name for name, _title, n in counts if n), counts[0][0])
        super().__init__(data)
        self.fields["rulebook"].choices = [(name, title) for name, title, _n in counts]  # type: ignore[attr-defined]  # a ChoiceField's
        facts = facts_of(data.get("rulebook") or self.first)
        self.fields["wanting"].choices = [ALL, *((one, labels.of_slot(one)) for one in facts)]  # type: ignore[attr-defined]  # as above

    def question(self) -> Question:
        """What is asked for; what is not a choice is not asked for."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Question(**given | {"rulebook": given["rulebook"] or self.first})
