"""How somebody wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongtong.portal.notifications.models import Channel, Preference


class PreferenceForm(forms.ModelForm[Preference]):
    """One channel: when, and for e-mail to which address."""

    class Meta:
        model = Preference
        fields = ("when", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.channel != Channel.EMAIL:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """E-mail needs an address unless it is never used."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = self.instance.channel == Channel.EMAIL and given.get("when") != Preference.When.NEVER
        if wanted and not given.get("address") and "address" not in self.errors:
            self.add_error("address", _("请填写邮箱，或选择不发送"))
        return given
