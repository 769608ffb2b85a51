"""Which rulebook, and which firms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.portal.people.models import User
from rongtong.portal.registry.queries import charge, districts
from rongtong.portal.rulebooks.queries import Edition, edition, of_rulebook, shelf
from rongtong.portal.what_if.asking import Asked
from rongtong.portal.what_if.queries import Difference, ShortQuestion
from rongtong.portal.what_if.sliders import board

ALL = ("", gettext_lazy("全部"))
PURPOSES = [("new", gettext_lazy("申报")), ("review", gettext_lazy("复核"))]


def called(one: Edition) -> str:
    """What an edition is called, and whether it is in force."""
    name = _("{title} · {edition} 版").format(title=worded(one.book.file.title), edition=one.book.edition)
    return _("{name}（现行）").format(name=name) if one.in_force else name


def books() -> list[tuple[str, str]]:
    """Every edition on the shelf."""
    return [(one.key, called(one)) for one in shelf()]


def resolved(key: str, default: str = "") -> str:
    """The edition that *key* names; of what names none, that of *default*, or of the first rulebook of the settings."""
    try:
        return edition(key).key
    except Http404:
        return edition(default or settings.RULEBOOKS[0]).key


def own_districts(user: User) -> list[tuple[str, Any]]:
    """The districts that *user* may ask for."""
    own = charge(user)
    return [ALL, *((one, one) for one in (districts() if own is None else own))]


class Asking(forms.Form):
    """The base of what is asked about: what is left out or is no choice is as one would ask most often."""

    purpose = forms.ChoiceField(label=gettext_lazy("用途"), required=False, choices=PURPOSES)

    def __init__(self, data: QueryDict, user: User, **defaults: str) -> None:
        given = data.copy()
        for name, default in {"purpose": "new", **defaults}.items():
            given[name] = given.get(name) or default
        super().__init__(given)
        self.user = user
        if "district" in self.fields:
            self.fields["district"] = forms.ChoiceField(
                label=gettext_lazy("所属区市"), required=False, choices=own_districts(user)
            )
        self.is_valid()

    def said(self, name: str) -> str:
        """What is asked for; "" for what is no choice."""
        return str(self.cleaned_data.get(name) or "")


class BookForm(Asking):
    """Of which rulebook."""

    rulebook = forms.ChoiceField(label=gettext_lazy("规则"), required=False, choices=books)

    field_order = ("rulebook", "purpose")

    def __init__(self, data: QueryDict, user: User) -> None:
        given = data.copy()
        given["rulebook"] = resolved(data.get("rulebook", ""))
        super().__init__(given, user)

    @property
    def about(self) -> Asked:
        """What is asked about."""
        return Asked.now(self.said("rulebook"), self.said("purpose") or "new")


class ShortForm(BookForm):
    """Who is one step short."""

    district = forms.ChoiceField()
    title = forms.CharField(required=False, widget=forms.HiddenInput)
    step = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("企业名称或代码"), required=False)

    def question(self) -> ShortQuestion:
        """What is asked for."""
        asked = {name: self.said(name) for name in ("step", "district", "title", "text")}
        return ShortQuestion(self.about, **asked)


class DifferenceForm(Asking):
    """Which two editions; of the second bounds may be set otherwise, by their names.

    Raises InputError for what is no number.
    """

    old = forms.ChoiceField(label=gettext_lazy("原来"), required=False, choices=books)
    new = forms.ChoiceField(label=gettext_lazy("现在"), required=False, choices=books)
    district = forms.ChoiceField()
    way = forms.CharField(required=False, widget=forms.HiddenInput)
    clause = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("old", "new", "purpose", "district")

    def __init__(self, data: QueryDict, user: User) -> None:
        given = data.copy()
        given["old"] = old = resolved(data.get("old", ""))
        given["new"] = resolved(data.get("new", ""), latest(old))
        super().__init__(given, user)
        written = {name: str(value) for name, value in data.items()}
        self.moved = board(edition(self.said("new")).book, written).moved
        for one in self.moved:
            self.fields[one.name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def question(self) -> Difference:
        """What is asked for: both as applied for on one day, the second with the bounds that are set otherwise."""
        purpose = self.said("purpose") or "new"
        old = Asked.now(self.said("old"), purpose)
        new = Asked(self.said("new"), purpose, old.day, tuple((one.name, one.written) for one in self.moved))
        asked = {name: self.said(name) for name in ("way", "clause", "district")}
        return Difference(self.user, old, new, **asked)


def latest(key: str) -> str:
    """The latest edition beside that of *key*; itself when there is no other."""
    others = [one.key for one in of_rulebook(key.partition("@")[0]) if one.key != key]
    return others[-1] if others else key
