"""What a decision says."""

from __future__ import annotations

from django import forms

from rongtong.portal.registry.models import Between


class ValueForm(forms.Form):
    """The claim that wins."""

    firm = forms.SlugField()
    slot = forms.CharField(max_length=120)
    value = forms.CharField(max_length=400)


class PairForm(forms.Form):
    """Whether two are one."""

    left = forms.SlugField()
    right = forms.SlugField()
    same = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda word: word == "yes")


class WhoseForm(forms.Form):
    """Which of its two firms a row is about."""

    item = forms.ModelChoiceField(Between.objects.all())
    firm = forms.SlugField()


class EntryForm(forms.Form):
    """The entry to take back."""

    entry = forms.IntegerField(min_value=1)


class BoundsForm(forms.Form):
    """The bounds that are chosen."""

    ask = forms.FloatField()
    same = forms.FloatField()


class TaughtForm(forms.Form):
    """The job that evaluated what is to be switched on."""

    job = forms.IntegerField(min_value=1)
