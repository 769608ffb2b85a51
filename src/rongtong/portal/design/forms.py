"""How forms look: one field template, errors under the field that they are about; the browser's own date field."""

from __future__ import annotations

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Django's forms with our own field."""

    field_template_name = "design/field.html"


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
