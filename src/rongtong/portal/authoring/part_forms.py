"""Forms over the parts of a rulebook file: each fills in from the file's own keys and writes them back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.loader import COMPANION
from rongtong.definitions.wording import worded
from rongtong.portal.design.forms import DayInput
from rongtong.portal.registry.queries import districts

LINES = forms.Textarea(attrs={"rows": 3, "class": "rt-code"})


class PointsField(forms.DecimalField):
    """Points: no more digits than a rulebook file may have."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=4, **kwargs)


class PartForm(forms.Form):
    """A part of a file: its fields are keys of it, but for those in *own*, which :meth:`keys` writes."""

    own: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, part: Mapping[str, Any]) -> None:
        self.part = dict(part)
        super().__init__(data, initial=self.filled())

    def filled(self) -> dict[str, Any]:
        """What stands in the form before anything is changed."""
        return {name: value for name, value in self.part.items() if name in self.base_fields}

    def keys(self) -> dict[str, Any]:
        """What was filled in, by key; None for a key that goes."""
        return {name: as_file_says(self.cleaned_data[name]) for name in self.fields if name not in self.own}

    def changed(self) -> dict[str, Any]:
        """The part with what was filled in; English beside Chinese that was changed goes with it."""
        found = dict(self.part)
        for name, value in self.keys().items():
            if value != found.get(name):
                found.pop(f"{name}{COMPANION}", None)
            found[name] = value
        return {name: value for name, value in found.items() if value is not None}


def as_file_says(value: Any) -> Any:
    """*value* as a file says it; what is empty is not said."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


class HeadForm(PartForm):
    """What the whole file is."""

    own = ("document", "number", "districts", "since", "until")
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    edition = forms.CharField(label=gettext_lazy("版本"), max_length=40)
    document = forms.CharField(label=gettext_lazy("依据文件"), max_length=200)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=80, required=False)
    authority = forms.CharField(label=gettext_lazy("主管部门"), max_length=120)
    territory = forms.CharField(label=gettext_lazy("适用地域"), max_length=80)
    districts = forms.MultipleChoiceField(
        label=gettext_lazy("只给在这些区（市）登记的企业"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("都不选就不限"),
    )
    since = forms.DateField(label=gettext_lazy("从哪天起受理"), widget=DayInput)
    until = forms.DateField(label=gettext_lazy("受理到哪天"), required=False, widget=DayInput)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["districts"]
        assert isinstance(places, forms.MultipleChoiceField)  # noqa: S101 -- so the class declares it
        places.choices = [(one, one) for one in sorted({*districts(), *self._districts})]
        if (self.part.get("applies") or {}).get("territory"):
            del self.fields["districts"]

    def filled(self) -> dict[str, Any]:
        """With the parts of its source, its districts, and the time for new applications."""
        source, time = self.part.get("source", {}), self._time()
        about = {name: source.get(name, "") for name in ("document", "number")}
        return (
            super().filled()
            | about
            | {"districts": self._districts, "since": time.get("from"), "until": time.get("until")}
        )

    def keys(self) -> dict[str, Any]:
        """With the same as the file has them."""
        given = self.cleaned_data
        source = {**self.part.get("source", {}), "document": given["document"], "number": given["number"]}
        time = {"purpose": "new", "from": given["since"]} | ({"until": given["until"]} if given["until"] else {})
        others = [one for one in self.part.get("in_force", ()) if one is not self._time()]
        return super().keys() | {"source": source, "in_force": [time, *others]} | self._applies()

    @property
    def _districts(self) -> list[str]:
        return list((self.part.get("applies") or {}).get("district", ()))

    def _applies(self) -> dict[str, Any]:
        """Whose firms it is for, where that is by district."""
        if "districts" not in self.fields:
            return {}
        held = self.part.get("applies") or {"title": _("在本区（市）登记")}
        chosen = self.cleaned_data["districts"]
        return {"applies": {**held, "district": chosen} if chosen else None}

    def _time(self) -> dict[str, Any]:
        times = self.part.get("in_force") or [{}]
        return next((one for one in times if one.get("purpose") == "new"), {})


class SoftForm(PartForm):
    """A clause that may only be shown."""

    own = ("soft",)
    soft = forms.BooleanField(label=gettext_lazy("只提示，不影响结论"), required=False)

    def filled(self) -> dict[str, Any]:
        """Whether it decides."""
        return super().filled() | {"soft": self.part.get("hard") is False}

    def keys(self) -> dict[str, Any]:
        """It decides unless it is said that it does not."""
        return super().keys() | {"hard": False if self.cleaned_data["soft"] else None}


def held_titles() -> list[tuple[str, str]]:
    """The titles that can be asked for."""
    return [(f"titles.{one.id}", worded(one.label)) for one in catalogue()["titles"].subsets]


class PrerequisiteForm(SoftForm):
    """A title that must be held."""

    field_order = ("title", "holds", "text", "cite", "soft")
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    holds = forms.ChoiceField(label=gettext_lazy("称号"), choices=held_titles)
    text = forms.CharField(label=gettext_lazy("原文"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cite = forms.CharField(label=gettext_lazy("出自"), required=False, max_length=80)


class ClauseForm(SoftForm):
    """A clause and what decides it."""

    field_order = ("title", "when", "text", "cite", "purpose", "soft")
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    when = forms.CharField(
        label=gettext_lazy("条件"), widget=LINES, help_text=gettext_lazy("如 revenue[Y] >= 1000万元 and qms_certified")
    )
    text = forms.CharField(label=gettext_lazy("原文"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cite = forms.CharField(label=gettext_lazy("出自"), required=False, max_length=80)
    purpose = forms.ChoiceField(
        label=gettext_lazy("用于"),
        required=False,
        choices=[
            ("", gettext_lazy("都要")),
            ("new", gettext_lazy("只在首次申报")),
            ("review", gettext_lazy("只在复核")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.part.get("any_of") or self.part.get("all_of"):
            del self.fields["when"]


class GroupForm(PartForm):
    """A group of the sheet."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    max = PointsField(label=gettext_lazy("满分"), min_value=0)


class SheetForm(PartForm):
    """The whole sheet."""

    max = PointsField(label=gettext_lazy("满分"), min_value=0)


class GrantsForm(PartForm):
    """What is granted in all."""

    cap = forms.CharField(
        label=gettext_lazy("合计最高"), required=False, help_text=gettext_lazy("如 100万元；不封顶就空着")
    )


class GrantForm(PartForm):
    """A grant; its bands stand below it."""

    rows: ClassVar[str] = "amount"
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    text = forms.CharField(label=gettext_lazy("原文"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cite = forms.CharField(label=gettext_lazy("出自"), required=False, max_length=80)
    value = forms.CharField(
        label=gettext_lazy("按什么分档或按比例"),
        required=False,
        widget=forms.TextInput(attrs={"class": "rt-code"}),
        help_text=gettext_lazy("如 rd_expense[Y]，下面写上下限；空着则每档写条件"),
    )

    share = forms.CharField(
        label=gettext_lazy("按比例补"),
        required=False,
        help_text=gettext_lazy("如 10%，上面写是什么的 10%；填了就不再分档"),
    )
    cap = forms.CharField(label=gettext_lazy("这一项最高"), required=False, help_text=gettext_lazy("如 50万元"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by == "when":
            del self.fields["value"]
        if self.by == "when" and self.rows == "amount":
            del self.fields["share"], self.fields["cap"]

    def keys(self) -> dict[str, Any]:
        """A share takes the place of bands."""
        return super().keys() | ({"bands": None} if self.cleaned_data.get("share") else {})

    @property
    def by(self) -> str:
        """Whether its bands are by ``value`` or by conditions (``when``); "" where there is none yet."""
        return "" if not self.part.get("bands") else "value" if self.part.get("value") else "when"


class CriterionForm(GrantForm):
    """A scored indicator; its bands or items stand below it."""

    rows = "points"
    share = None  # type: ignore[assignment]  # how a form leaves out a field that it inherits
    field_order = ("title", "max", "text", "cite", "value", "each", "cap")
    max = PointsField(label=gettext_lazy("满分"), min_value=0)
    each = PointsField(label=gettext_lazy("每项得分"), required=False, min_value=0)
    cap = PointsField(  # type: ignore[assignment]  # of points here, not of money
        label=gettext_lazy("最高得分"), required=False, min_value=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused = ("value",) if self.part.get("items") or self.by_others else ()
        for name in (*unused, *(() if self.part.get("items") else ("each", "cap"))):
            self.fields.pop(name, None)

    @property
    def by_others(self) -> bool:
        """Whether its points are given in a way that only the text can change."""
        return bool(self.part.get("best_of") or self.part.get("stated"))


FORMS: dict[str, type[PartForm]] = {
    "head": HeadForm, "prerequisite": PrerequisiteForm, "clause": ClauseForm, "sheet": SheetForm,
    "group": GroupForm, "criterion": CriterionForm, "grants": GrantsForm, "grant": GrantForm,
}  # fmt: skip  # read by rows
