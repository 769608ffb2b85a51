"""Forms of signing in, claiming a firm and giving roles."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.design.forms import DayInput, PaperField
from rongtong.portal.people.models import OF_FIRMS, Capacity, Role
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import districts

#: The longest that an authorisation may last.
LONGEST = datetime.timedelta(days=3 * 366)


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


class RegisterForm(PhoneForm):
    """A new account."""

    name = forms.CharField(label=_("姓名"), max_length=40)


class ClaimForm(forms.Form):
    """A firm by its code, in what capacity, and the stamped authorisation."""

    uscc = forms.RegexField(
        r"^[0-9A-Za-z]{18}$",
        label=_("统一社会信用代码"),
        error_messages={"invalid": _("统一社会信用代码是 18 位数字和字母")},
    )
    capacity = forms.ChoiceField(label=_("授权身份"), choices=Capacity.choices)
    letter = PaperField(label=_("加盖公章的授权书"), help_text=_("PDF 或照片；不得上传涉密信息"))
    valid_until = forms.DateField(label=_("授权有效期至"), help_text=_("最长三年"), widget=DayInput)

    def clean_valid_until(self) -> datetime.date:
        """A day from today on, three years at the most."""
        day: datetime.date = self.cleaned_data["valid_until"]
        if not today() <= day <= today() + LONGEST:
            raise forms.ValidationError(_("有效期应在今天以后、三年以内"))
        return day

    def clean_uscc(self) -> Firm:
        """The firm of that code."""
        firm = Firm.objects.filter(uscc=self.cleaned_data["uscc"].upper()).first()
        if firm is None:
            raise forms.ValidationError(_("企业库里没有这个代码，请联系所在区市经办人"))
        return firm


class GrantForm(forms.Form):
    """A role for somebody."""

    phone = forms.RegexField(r"^1\d{10}$", label=_("手机号"), error_messages={"invalid": _("请填 11 位手机号")})
    name = forms.CharField(label=_("姓名"), max_length=40)
    role = forms.ChoiceField(
        label=_("角色"), choices=[(value, label) for value, label in Role.choices if value not in OF_FIRMS]
    )
    district = forms.ChoiceField(
        label=_("区市"),
        choices=lambda: [("", "—"), *((one, one) for one in districts())],
        required=False,
        help_text=_("区市经办和复核必填"),
    )
    valid_until = forms.DateField(label=_("有效期至"), required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """A district's role has its district, and no other role has one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        of_district = given.get("role") in (Role.DISTRICT_OFFICER, Role.DISTRICT_REVIEWER)
        if of_district and not given.get("district"):
            self.add_error("district", _("请选择区市"))
        return given | ({} if of_district else {"district": ""})


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(label=_("退回原因"), max_length=200, required=False)
