"""Signing in, and giving and taking back roles."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth import authenticate
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import in_turn, operation, record
from rongtong.portal.notifications.operations import tell
from rongtong.portal.people.models import (
    OF_FIRMS,
    AccessLink,
    Attempt,
    Capacity,
    Claim,
    Contact,
    Grant,
    OneTimeCode,
    Role,
    User,
)
from rongtong.portal.registry.current import ids_of
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import name_now

CODE_LIVES = datetime.timedelta(minutes=5)
#: So many tries in so long for a telephone, and for an address, which a whole office may share; then a pause.
TRIES, TRIES_OF_AN_ADDRESS = 5, 60
LINK = "access-link"
WINDOW = datetime.timedelta(minutes=15)


def throttle(*keys: str) -> None:
    """Count a try for each of *keys*. Raises InputError when one has had too many."""
    since = timezone.now() - WINDOW
    for key in keys:
        most = TRIES_OF_AN_ADDRESS if "@" in key else TRIES
        if Attempt.objects.filter(key=key, at__gte=since).count() >= most:
            raise InputError(_("尝试次数过多"), mend=_("请 15 分钟后再试"))
    Attempt.objects.bulk_create(Attempt(key=key) for key in keys)


def forgive(*keys: str) -> None:
    """Forget the tries of somebody who has signed in."""
    Attempt.objects.filter(key__in=keys).delete()


def send_code(*, phone: str, address: str) -> str:
    """Send a one-time code to *phone*; the same answer whether or not an account has it. Returns the code."""
    throttle(f"code:{phone}", f"code@{address}")
    code = f"{secrets.randbelow(10**6):06d}"
    OneTimeCode.objects.create(phone=phone, digest=_digest(phone, code), expires_at=timezone.now() + CODE_LIVES)
    if User.objects.filter(phone=phone, is_active=True).exists():
        import_string(settings.SMS_CHANNEL)(phone, code)
    return code


def sign_in_by_code(*, phone: str, code: str, address: str) -> User:
    """The account that *code* was sent to, which it opens once. Raises InputError."""
    throttle(f"try:{phone}", f"try@{address}")
    now = timezone.now()
    used = OneTimeCode.objects.filter(
        phone=phone, digest=_digest(phone, code), used_at__isnull=True, expires_at__gt=now
    ).update(used_at=now)
    user = User.objects.filter(phone=phone, is_active=True).first()
    if not used or user is None:
        raise InputError(_("验证码不对或已过期"), mend=_("请核对手机号和最近一条短信，或重新获取"))
    return _signed_in(user, phone, "code")


def sign_in_by_password(*, phone: str, password: str, address: str) -> User:
    """The account of *phone* and *password*. Raises InputError."""
    throttle(f"try:{phone}", f"try@{address}")
    user = authenticate(phone=phone, password=password)
    if not isinstance(user, User):
        raise InputError(_("手机号或密码不对"), mend=_("请核对后再试，或改用验证码登录"))
    return _signed_in(user, phone, "password")


def _signed_in(user: User, phone: str, how: str) -> User:
    forgive(f"try:{phone}", f"code:{phone}")
    record(actor=user, act="people.sign_in", subject=user, detail={"how": how})
    return user


def _digest(phone: str, code: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{phone}:{code}".encode()).hexdigest()


LINK_LIVES = datetime.timedelta(days=14)


def link_for(*, firm: str, path: str, made_by: User) -> AccessLink | None:
    """A one-off link to *path* for whoever acts for *firm*, the legal representative first; None when nobody does."""
    held = Grant.objects.in_force().filter(role=Role.FIRM, firm__in=ids_of(firm)).order_by("-capacity", "pk").first()
    return link_to(held.user, path=path, made_by=made_by) if held else None


def link_to(user: User, *, path: str, made_by: User) -> AccessLink:
    """A one-off link to *path* for *user*."""
    expires = timezone.now() + LINK_LIVES
    return AccessLink.objects.create(user=user, path=path, expires_at=expires, made_by=made_by)


def token_of(link: AccessLink) -> str:
    """The signed text that stands in the link's address, always the same."""
    return signing.Signer(salt=LINK).sign_object(link.pk)


def link_of(token: str) -> AccessLink | None:
    """The link of *token*; None when it is forged or has expired."""
    try:
        number = signing.Signer(salt=LINK).unsign_object(token)
    except signing.BadSignature:
        return None
    return AccessLink.objects.select_related("user").filter(pk=number, expires_at__gt=timezone.now()).first()


@transaction.atomic
def open_link(link: AccessLink) -> bool:
    """Open *link*, which works once: from then on only the browser that did has it. False when it was open already."""
    fresh = AccessLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=timezone.now())
    if fresh:
        record(actor=link.user, act="people.link_opened", subject=link, detail={"path": link.path})
    return bool(fresh)


@operation("people.register", permission=None, says=("phone",))
def register(*, actor: None = None, phone: str, name: str, address: str) -> User:
    """Make an account for a telephone; it can do nothing until it claims a firm or is given a role."""
    del actor
    throttle(f"new@{address}")
    in_turn(f"people.user:{phone}")
    if User.objects.filter(phone=phone).exists():
        raise InputError(_("这个手机号已经注册"), mend=_("请直接登录"))
    return User.objects.create_user(phone, name=name)


@operation("people.claim", permission="people.claim", about="firm", says=("capacity", "valid_until"))
def claim(*, actor: User, firm: Firm, capacity: str, letter: UploadedFile[bytes], valid_until: datetime.date) -> Claim:
    """Ask to act for a firm, with the stamped authorisation (授权书) that an officer checks."""
    if Claim.objects.filter(user=actor, firm=firm.id, capacity=capacity, state=Claim.State.WAITING).exists():
        raise InputError(_("已经申请过，正在核验"), place=firm.name)
    return Claim.objects.create(user=actor, firm=firm.id, capacity=capacity, letter=letter, valid_until=valid_until)


@operation("people.accept", permission="people.check_claim", about="held")
def accept(*, actor: User, held: Claim) -> Grant:
    """The authorisation is in order: the person acts for the firm until it expires."""
    _decide(held, actor, Claim.State.ACCEPTED)
    path, name = reverse("filings:mine", args=[held.firm]), name_now(held.firm)
    told = {"firm": name, "until": held.valid_until.isoformat()}
    tell([held.user], "claim_accepted", key=str(held.pk), url=path, **told)
    return Grant.objects.create(
        user=held.user,
        role=Capacity(held.capacity).role,
        firm=held.firm,
        capacity=held.capacity,
        valid_until=held.valid_until,
        granted_by=actor,
    )


@operation("people.refuse", permission="people.check_claim", about="held", says=("reason",))
def refuse(*, actor: User, held: Claim, reason: str) -> Claim:
    """Send the claim back, saying why."""
    if not reason.strip():
        raise InputError(_("退回要说明原因"), mend=_("请写明缺什么、怎么改"))
    held.reason = reason
    told = {"firm": name_now(held.firm), "why": reason}
    tell([held.user], "claim_refused", key=str(held.pk), url=reverse("people:claim"), **told)
    return _decide(held, actor, Claim.State.REFUSED)


def _decide(held: Claim, by: User, state: str) -> Claim:
    if held.state != Claim.State.WAITING:
        raise InputError(_("这份申请已经处理过：{state}", state=held.get_state_display()))
    held.state, held.decided_by, held.decided_at = state, by, timezone.now()
    held.save()
    return held


@operation("people.remove_contact", permission="people.remove_contact", about="contact")
def remove_contact(*, actor: User, contact: Contact) -> None:
    """Forget a person to reach at a firm."""
    del actor
    Contact.objects.filter(pk=contact.pk).delete()


@operation("people.grant", permission="people.manage", says=("role", "district", "firm", "capacity", "valid_until"))
def grant(
    *,
    actor: User,
    phone: str,
    name: str,
    role: str,
    district: str = "",
    firm: str = "",
    capacity: str = "",
    valid_until: datetime.date | None = None,
) -> Grant:
    """Give a role to whoever has *phone*; who has no account yet gets one, called *name*.

    Raises PermissionDenied for a role of a firm's people: it comes by an authorisation that an officer checks.
    Raises InputError for a role that they have for as long: taken back once, it would still be there.
    """
    if role in OF_FIRMS:
        raise PermissionDenied(role)
    in_turn(f"people.user:{phone}")
    user = User.objects.filter(phone=phone).first() or User.objects.create_user(phone, name=name)
    given = {"role": role, "district": district, "firm": firm, "capacity": capacity}
    until = [one.valid_until for one in Grant.objects.in_force().filter(user=user, **given)]
    if any(one is None or (valid_until and valid_until <= one) for one in until):
        raise InputError(
            _("{name}已经有这个角色", name=user), place=phone, mend=_("名单里已有；要改有效期，请先收回再授权")
        )
    return Grant.objects.create(user=user, **given, valid_until=valid_until, granted_by=actor)


@operation("people.revoke", permission="people.manage", about="held")
def revoke(*, actor: User, held: Grant) -> Grant:
    """Take a role back; it stays on record. Raises InputError for the last administrator."""
    del actor
    in_turn(f"people.grant:{held.role}")
    others = Grant.objects.in_force().filter(role=Role.ADMINISTRATOR).exclude(pk=held.pk)
    if held.role == Role.ADMINISTRATOR and not others.exists():
        raise InputError(_("这是最后一个管理员，不能收回"), mend=_("请先授权另一位管理员"))
    return _end(held)


@operation("people.revoke_claimed", permission="people.revoke_claimed", about="held")
def revoke_claimed(*, actor: User, held: Grant) -> Grant:
    """End an authorisation to act for a firm, as when the firm has changed its agent."""
    del actor
    return _end(held)


def _end(held: Grant) -> Grant:
    held.revoked_at = timezone.now()
    held.save(update_fields=["revoked_at"])
    return held
