"""Widgets in the portal's dress."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def mistakes(field: BoundField) -> list[str]:
    """What is wrong with *field*; of one that was left empty what to do, by its name."""
    found = [(one.code, str(message)) for one in field.errors.as_data() for message in one.messages]
    return [_wanted(field) if code == "required" else message for code, message in found]


def _wanted(field: BoundField) -> str:
    """What to do about a field that was left empty."""
    widget = field.field.widget
    if isinstance(widget, forms.FileInput):
        return _("请上传{label}").format(label=field.label)
    if isinstance(widget, forms.CheckboxInput):
        return _("请勾选“{label}”").format(label=field.label)
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _("请选择{label}").format(label=field.label)
    return _("请填写{label}").format(label=field.label)


@register.filter
def styled(field: BoundField) -> SafeString:
    """The widget of *field* with its class; one in error says so to screen readers."""
    widget = field.field.widget
    chosen = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        chosen = ""
    invalid = {"aria-invalid": "true", "aria-errormessage": f"{field.auto_id}_error"} if field.errors else {}
    return field.as_widget(attrs={"class": chosen, **invalid})
