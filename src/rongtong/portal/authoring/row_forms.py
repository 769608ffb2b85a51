"""The bands and items of a part as rows of a form, read from the file's keys and written back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rongtong.definitions.expression_check import fits
from rongtong.portal.authoring.part_forms import CriterionForm, GrantForm, PartForm, as_file_says


class RowForm(forms.Form):
    """A band: what it gives, and from where to where, or when; *by* says which of these it has, "" both."""

    gives = forms.CharField(label=gettext_lazy("得"), required=False, max_length=20)
    low = forms.CharField(label=gettext_lazy("下限"), required=False, max_length=30)
    low_in = forms.BooleanField(label=gettext_lazy("含"), required=False, initial=True)
    high = forms.CharField(label=gettext_lazy("上限"), required=False, max_length=30)
    high_in = forms.BooleanField(label=gettext_lazy("含"), required=False)
    when = forms.CharField(
        label=gettext_lazy("条件"), required=False, widget=forms.TextInput(attrs={"class": "rt-code"})
    )

    def __init__(self, *args: Any, by: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"value": ("when",), "when": ("low", "low_in", "high", "high_in")}.get(by, ()):
            del self.fields[name]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not any(self.cleaned_data.get(name) for name in ("gives", "low", "high", "when"))


class ItemForm(forms.Form):
    """One of several things that each earn points."""

    title = forms.CharField(label=gettext_lazy("名称"), required=False, max_length=200)
    when = forms.CharField(
        label=gettext_lazy("条件"), required=False, widget=forms.TextInput(attrs={"class": "rt-code"})
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not any(self.cleaned_data.get(name) for name in ("title", "when"))


Rows = forms.formset_factory(RowForm, extra=2)
Items = forms.formset_factory(ItemForm, extra=2)
ENDS = (("from", "low", True), ("above", "low", False), ("to", "high", True), ("below", "high", False))


def rows_of(form: PartForm, data: Any) -> Any:
    """The formset of the bands or items of a part; None where it has none."""
    if isinstance(form, CriterionForm) and form.part.get("items"):
        return Items(data, prefix="items", initial=list(form.part["items"]))
    if (
        not isinstance(form, GrantForm)
        or form.part.get("share")
        or (isinstance(form, CriterionForm) and form.by_others)
    ):
        return None
    bands = [_row(one, form.rows) for one in form.part.get("bands", ())]
    return Rows(data, prefix="bands", initial=bands, form_kwargs={"by": form.by})


def _row(band: Mapping[str, Any], gives: str) -> dict[str, Any]:
    """A band as its line of the form."""
    found: dict[str, Any] = {"gives": band.get(gives), "when": band.get("when"), "low_in": True, "high_in": False}
    for key, end, included in ENDS:
        if key in band:
            found |= {end: band[key], f"{end}_in": included}
    return found


def written(form: PartForm, rows: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The key of the bands or items, and what it shall be."""
    if rows is None:
        return
    filled = [one.cleaned_data for one in rows.forms if not one.is_blank]
    if rows.prefix == "items":
        yield "items", [{"title": one["title"], "when": " ".join(one["when"].split())} for one in filled]
    elif isinstance(form, GrantForm) and not form.cleaned_data.get("share"):
        by_value = form.by == "value" or bool(form.cleaned_data.get("value"))
        yield "bands", [_band(one, form.rows, by_value=by_value) for one in filled]


def _band(row: Mapping[str, Any], gives: str, *, by_value: bool) -> dict[str, Any]:
    """A line of the form as its band."""
    found: dict[str, Any] = {gives: _number(row["gives"]) if gives == "points" else row["gives"]}
    if not by_value:
        return found | ({"when": " ".join(row["when"].split())} if row.get("when") else {"otherwise": True})
    ends = {key: row[end] for key, end, included in ENDS if row.get(end) and bool(row[f"{end}_in"]) == included}
    return found | ends


def _number(text: str) -> Any:
    """Points as a file says them; what is no number is left to the loader, which says so."""
    try:
        found = Decimal(text)
    except ArithmeticError:
        return text
    return as_file_says(found) if fits(found) else text
