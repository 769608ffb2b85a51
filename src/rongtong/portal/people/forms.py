"""Forms of signing in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PhoneForm(forms.Form):
    """The telephone that a code is sent to."""

    phone = forms.RegexField(
        r"^1\d{10}$",
        label=_("手机号"),
        error_messages={"invalid": _("请填 11 位手机号")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel"}),
    )


class CodeForm(PhoneForm):
    """The code that came."""

    phone = forms.RegexField(r"^1\d{10}$", widget=forms.HiddenInput)
    code = forms.RegexField(
        r"^\d{6}$",
        label=_("验证码"),
        error_messages={"invalid": _("验证码是 6 位数字")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PasswordForm(PhoneForm):
    """Telephone and password."""

    password = forms.CharField(label=_("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
