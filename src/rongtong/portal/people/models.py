"""Who signs in, and what each may do for whom and until when."""

from __future__ import annotations

import datetime
import hashlib
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.firm_ids import FirmId


class Role(models.TextChoices):
    """What somebody is in the alliance; resource providers and judges follow with their floors."""

    FIRM = "firm", _("企业")
    DISTRICT_OFFICER = "district_officer", _("区市经办")
    DISTRICT_REVIEWER = "district_reviewer", _("区市复核")
    CITY_OFFICER = "city_officer", _("市级主管部门")
    SECRETARIAT = "secretariat", _("联盟秘书处")
    ADMINISTRATOR = "administrator", _("系统管理员")
    LARGE_FIRM = "large_firm", _("大企业")


#: The roles of people who act for a firm; they come by an authorisation, never by appointment.
OF_FIRMS = (Role.FIRM, Role.LARGE_FIRM)


class Capacity(models.TextChoices):
    """In what capacity somebody acts for a firm; each is authorised on its own and expires on its own."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("法定代表人")
    FINANCE = "finance", _("财务负责人")
    FILING = "filing", _("申报专员")
    AGENT = "agent", _("代理机构")
    PURCHASING = "purchasing", _("大企业采购")
    RESEARCH = "research", _("大企业研发")

    @property
    def role(self) -> Role:
        """The role that acting in this capacity is."""
        return Role.LARGE_FIRM if self in (Capacity.PURCHASING, Capacity.RESEARCH) else Role.FIRM


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, phone: str, *, name: str = "", password: str | None = None) -> User:
        """Make an account that signs in by *phone*; without a password only by one-time code."""
        user = User(phone=phone, name=name)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """One person. The telephone is the sign-in; it is shown to others only as far as the contact rules allow."""

    phone = models.CharField(_("手机号"), max_length=20, unique=True, validators=[RegexValidator(r"^1\d{10}$")])
    name = models.CharField(_("姓名"), max_length=40)
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or _("用户 {number}").format(number=self.pk)

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """Whether the rules let this person do *permission* to *subject*."""
        import rules  # noqa: PLC0415 -- rules reads the settings when it is imported

        return self.is_active and bool(rules.has_perm(permission, self, subject))

    @cached_property
    def grants_in_force(self) -> list[Grant]:
        """What this person may act as today."""
        return list(self.grants.in_force())

    def acts_as(self, *roles: str) -> bool:
        """Whether one of *roles* is in force."""
        return any(grant.role in roles for grant in self.grants_in_force)

    @cached_property
    def districts(self) -> frozenset[str]:
        """The districts that this person works for."""
        return frozenset(grant.district for grant in self.grants_in_force if grant.district)

    @cached_property
    def rights(self) -> str:
        """A hash of what this person is allowed today: what was made with other rights is made again."""
        held = sorted((one.role, one.district, one.firm, one.capacity) for one in self.grants_in_force)
        return hashlib.sha256(repr(held).encode()).hexdigest()

    @cached_property
    def firms(self) -> frozenset[str]:
        """The ids of the firms that this person acts for: as they were authorised, and as they are called now."""
        from rongtong.portal.registry.current import resolve  # noqa: PLC0415 -- the registry knows of people

        held = {grant.firm for grant in self.grants_in_force if grant.firm}
        return frozenset(held | {resolve(firm) for firm in held})


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants."""

    def in_force(self, day: datetime.date | None = None) -> GrantQuerySet:
        """Those that hold on *day* (today)."""
        on = day or today()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on, revoked_at__isnull=True
        )


class Grant(models.Model):
    """A role given to a person: for a district, for a firm (in a capacity, until a day), or for the whole alliance."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    district = models.CharField(_("区市"), max_length=20, blank=True)
    firm = FirmId(
        _("授权"), verbose_name=_("企业"), shows=("user", "capacity"), at="valid_from", by="granted_by", blank=True
    )
    capacity = models.CharField(_("授权身份"), max_length=24, choices=Capacity.choices, blank=True)
    valid_from = models.DateField(_("起始日期"), default=today)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "valid_from"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.district}".strip()


class OneTimeCode(models.Model):
    """A sign-in code sent to a telephone; only its hash is kept."""

    phone = models.CharField(max_length=20, db_index=True)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """A try to sign in or to be sent a code, counted by telephone and by address to slow guessing down."""

    key = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)


class AccessLink(models.Model):
    """A one-off link: it opens exactly one page as one person, until it has been answered or has expired."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class Contact(models.Model):
    """A person to reach at a firm; never a fact, and masked unless the reader may see it."""

    firm = FirmId(_("联系人"), shows=("name", "position"), at="updated_at")
    name = models.CharField(_("联系人"), max_length=40)
    position = models.CharField(_("职务"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40)
    source = models.CharField(_("来源"), max_length=300, blank=True)
    #: The day that the source describes, and the journal entry of the import that it is part of.
    date = models.DateField(_("数据日期"), null=True)
    entry = models.PositiveIntegerField(null=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)


class Claim(models.Model):
    """A person's request to act for a firm: its code, a capacity, and the stamped authorisation an officer checks."""

    class State(models.TextChoices):
        """Where the request stands."""

        WAITING = "waiting", _("待核验")
        ACCEPTED = "accepted", _("已通过")
        REFUSED = "refused", _("已退回")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="claims")
    firm = FirmId(_("授权申请"), shows=("user", "capacity"), at="made_at", by="user")
    capacity = models.CharField(_("授权身份"), max_length=24, choices=Capacity.choices)
    letter = models.FileField(_("加盖公章的授权书"), upload_to="claims/")
    valid_until = models.DateField(_("授权有效期至"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]
