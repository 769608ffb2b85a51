"""What the directory is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rongtong.portal.registry.directory import Asked


class DirectoryForm(forms.Form):
    """Words and filters; the choices of a filter are links with their counts, so any text is taken."""

    q = forms.CharField(label=_("找企业"), max_length=100, required=False)
    title = forms.CharField(max_length=40, required=False)
    district = forms.CharField(max_length=40, required=False)
    industry = forms.CharField(max_length=80, required=False)
    chain = forms.CharField(max_length=80, required=False)

    def asked(self) -> Asked:
        """What is looked for."""
        self.is_valid()
        given = {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
        titles = (given["title"],) if given["title"] else ()
        return Asked(given["q"], titles, given["district"], given["industry"], given["chain"])
