"""Widgets in the portal's dress."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def styled(field: BoundField) -> SafeString:
    """The widget of *field* with its class; one in error says so to screen readers."""
    widget = field.field.widget
    chosen = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        chosen = ""
    invalid = {"aria-invalid": "true", "aria-errormessage": f"{field.auto_id}_error"} if field.errors else {}
    return field.as_widget(attrs={"class": chosen, **invalid})
