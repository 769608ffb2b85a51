"""Reads of notices and of what could not be sent."""

from __future__ import annotations

from django.db.models import QuerySet

from rongtong.portal.notifications.models import Delivery, Notification, Preference
from rongtong.portal.notifications.ways import WAYS
from rongtong.portal.people.models import User


def of(user: User) -> QuerySet[Notification]:
    """Everything that *user* was told, newest first."""
    return Notification.objects.filter(user=user)


def unread(user: User) -> int:
    """How many notices *user* has not read."""
    return of(user).filter(read_at=None).count()


def preferences(user: User) -> dict[str, Preference]:
    """How *user* wants each channel used."""
    chosen = {one.channel: one for one in Preference.objects.filter(user=user)}
    return {one: chosen.get(one, Preference(user=user, channel=one)) for one in WAYS}


def not_sent() -> QuerySet[Delivery]:
    """What failed or is unclear, oldest first."""
    found = Delivery.objects.filter(state__in=(Delivery.State.FAILED, Delivery.State.UNCLEAR))
    return found.select_related("notification", "notification__user").order_by("taken_at")
