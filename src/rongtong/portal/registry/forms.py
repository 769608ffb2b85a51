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
    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def asked(self) -> Asked:
        """What is looked for."""
        self.is_valid()
        given = {name: str(self.cleaned_data.get(name, "")) for name in self.fields if name != "page"}
        titles = (given["title"],) if given["title"] else ()
        return Asked(given["q"], titles, given["district"], given["industry"], given["chain"])

    def piece(self, size: int) -> range:
        """The firms of the page that is asked for, *size* a page."""
        self.is_valid()
        start = ((self.cleaned_data.get("page") or 1) - 1) * size
        return range(start, start + size)
