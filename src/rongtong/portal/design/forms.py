"""How forms look: one field template, errors under the field that they are about."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Django's forms with our own field."""

    field_template_name = "design/field.html"
