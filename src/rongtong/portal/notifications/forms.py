"""How somebody wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rongtong.portal.notifications.models import Preference


class PreferenceForm(forms.ModelForm[Preference]):
    """One channel: when, and to which address unless it is known."""

    class Meta:
        model = Preference
        fields = ("when", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way, field = self.instance.way, self.fields["address"]
        field.label, field.widget.input_type = str(way.asks), way.typed
        field.validators += [way.valid] if way.valid else []
        if way.own:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """A channel needs an address unless it is never used."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = "address" in self.fields and given.get("when") != Preference.When.NEVER
        if wanted and not given.get("address") and "address" not in self.errors:
            told = _("请填写{address}，或选择不发送").format(address=self.instance.way.asks)
            self.add_error("address", told)
        return given
