"""Telling somebody something, once; reading it; choosing how to be told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from rongtong.portal.audit.operations import operation
from rongtong.portal.notifications.models import Delivery, Notification, Preference
from rongtong.portal.notifications.texts import texts
from rongtong.portal.notifications.ways import WAYS
from rongtong.portal.people.models import User

#: When the daily digest goes out.
DIGEST_AT = datetime.time(8, 30)


def tell(users: Iterable[User], wording: str, *, key: str, url: str, **values: str) -> list[Notification]:
    """Tell each of *users*; whoever was told *key* before is not told again.

    Raises ValueError when *values* are not exactly what the wording asks for. Part of the caller's transaction: what
    is undone was never told.
    """
    if set(values) != texts()[wording].names:
        raise ValueError(f"{wording} asks for {sorted(texts()[wording].names)}, not {sorted(values)}")
    told = (_tell(one, wording, key, url, values) for one in dict.fromkeys(users))
    return [one for one in told if one is not None]


def key_of(wording: str, about: object, key: object) -> str:
    """What a notice of *wording* about the thing of number *about* is kept under, so that nobody is told it twice."""
    return f"{wording}:{about}:{key}"


def _tell(user: User, wording: str, key: str, url: str, values: Mapping[str, str]) -> Notification | None:
    made, fresh = Notification.objects.get_or_create(
        user=user, key=f"{wording}:{key}", defaults={"wording": wording, "url": url, "values": dict(values)}
    )
    if not fresh:
        return None
    preferred = {one.channel: one.when for one in Preference.objects.filter(user=user)}
    for channel in texts()[wording].channels:
        when = preferred.get(channel, Preference.When.AT_ONCE)
        if when != Preference.When.NEVER and settings.NOTICE_CHANNELS.get(channel):
            digest = when == Preference.When.DAILY
            due = next_digest() if digest else timezone.now()
            Delivery.objects.create(notification=made, channel=channel, digest=digest, due_at=due)
    return made


def next_digest() -> datetime.datetime:
    """When the next daily digest goes out."""
    now = timezone.localtime()
    due = timezone.make_aware(datetime.datetime.combine(now.date(), DIGEST_AT))
    return due if due > now else due + datetime.timedelta(days=1)


def done(wordings: Iterable[str], about: object, users: Iterable[User] | None = None) -> int:
    """What *wordings* have asked about the thing of number *about* is done: the notices are read, of *users* alone
    where they are given; how many were not. Part of the caller's transaction."""
    asked = Q()
    for one in wordings:
        asked |= Q(key__startswith=key_of(one, about, ""))
    told = Notification.objects.filter(asked, read_at=None)
    return (told if users is None else told.filter(user__in=list(users))).update(read_at=timezone.now())


@operation("notifications.see", permission="notifications.read", says=("url",))
def see(*, actor: User, url: str) -> int:
    """Mark as read whatever leads to the page that somebody has opened; how many."""
    return actor.notifications.filter(url=url, read_at=None).update(read_at=timezone.now())


def seen(user: User, url: str) -> None:
    """Somebody has opened the page *url*."""
    if user.notifications.filter(url=url, read_at=None).exists():
        see(actor=user, url=url)


@operation("notifications.read", permission="notifications.read", about="notification")
def read(*, actor: User, notification: Notification) -> Notification:
    """Mark it as read."""
    del actor
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    return notification


@operation("notifications.read_all", permission="notifications.read")
def read_all(*, actor: User) -> int:
    """Mark everything as read; how many."""
    return actor.notifications.filter(read_at=None).update(read_at=timezone.now())


@operation("notifications.prefer", permission="notifications.read", says=("channel", "when"))
def prefer(*, actor: User, channel: str, when: str, address: str = "") -> Preference:
    """Choose how a channel is used. Raises ValueError where there is no such channel."""
    if channel not in WAYS:
        raise ValueError(channel)
    chosen, _made = Preference.objects.update_or_create(
        user=actor, channel=channel, defaults={"when": Preference.When(when), "address": address}
    )
    return chosen


@operation("notifications.again", permission="notifications.outbox", about="delivery")
def again(*, actor: User, delivery: Delivery) -> Delivery:
    """Send once more what failed or is unclear: a person takes that on."""
    del actor
    if delivery.state in (Delivery.State.FAILED, Delivery.State.UNCLEAR):
        delivery.state, delivery.tries, delivery.due_at = Delivery.State.WAITING, 0, timezone.now()
        delivery.save(update_fields=["state", "tries", "due_at"])
    return delivery
