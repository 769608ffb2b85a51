"""Sending what is due: each message is taken before it is sent, so that it goes out once at the most."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from rongtong.i18n import _
from rongtong.portal.notifications.models import Delivery, Preference
from rongtong.portal.notifications.ways import WAYS

log = logging.getLogger(__name__)
Send = Callable[[str, str, str], None]
#: Minutes to wait after each failure; after the last one it is given up.
BACKOFF = (1, 5, 30, 120, 720)
#: What has been "being sent" for so long was taken by a worker that has died.
LOST = datetime.timedelta(minutes=10)


def deliver(channels: Iterable[str] = WAYS) -> int:
    """Send by *channels* what is due, one message after the other; how many went out."""
    Delivery.objects.filter(state=Delivery.State.SENDING, taken_at__lt=timezone.now() - LOST).update(
        state=Delivery.State.UNCLEAR
    )
    return sum(_send(batch) for batch in iter(partial(_take, list(channels)), []))


def _take(channels: list[str]) -> list[Delivery]:
    """The next message that is due, a delivery or a digest, marked as being sent before it goes out.

    What waits behind it is not marked: a kill in the middle leaves one message of which nobody knows.
    """
    now = timezone.now()
    due = Delivery.objects.filter(channel__in=channels, state=Delivery.State.WAITING, due_at__lte=now)
    with transaction.atomic():
        free = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        first = free.first()
        if first is None:
            return []
        whose = Q(digest=True, channel=first.channel, notification__user=first.notification.user_id)
        keys = [one.pk for one in free.filter(whose)] if first.digest else [first.pk]
        due.filter(pk__in=keys).update(state=Delivery.State.SENDING, taken_at=now, tries=F("tries") + 1)
    return list(Delivery.objects.filter(pk__in=keys).select_related("notification", "notification__user"))


def _send(batch: list[Delivery]) -> bool:
    """Send one message that tells of every delivery in *batch*: one, or a digest."""
    keys = [one.pk for one in batch]
    try:
        channel: Send = import_string(settings.NOTICE_CHANNELS[batch[0].channel])
        channel(_address(batch[0]), *_words(batch))
    except Exception as error:
        log.warning("delivery %s failed: %s", keys, type(error).__name__)
        _later(batch, error)
        return False
    Delivery.objects.filter(pk__in=keys).update(state=Delivery.State.SENT, sent_at=timezone.now(), error="")
    return True


def _address(one: Delivery) -> str:
    user, way = one.notification.user, WAYS[one.channel]
    if way.own:
        return str(getattr(user, way.own))
    chosen = Preference.objects.filter(user=user, channel=one.channel).first()
    if chosen is None or not chosen.address:
        raise ValueError(_("没有填写{address}", address=str(way.asks)))
    return chosen.address


def _words(batch: list[Delivery]) -> tuple[str, str]:
    told = [one.notification for one in batch]
    if len(told) == 1:
        return told[0].title, told[0].text
    lines = "\n".join(f"{number}. {one.title}：{one.text}" for number, one in enumerate(told, 1))
    return _("今天有 {n} 条通知", n=len(told)), lines


def _later(batch: list[Delivery], error: Exception) -> None:
    for one in batch:
        spent = one.tries > len(BACKOFF)
        wait = datetime.timedelta(minutes=0 if spent else BACKOFF[one.tries - 1])
        one.state = Delivery.State.FAILED if spent else Delivery.State.WAITING
        one.due_at, one.error = timezone.now() + wait, str(error)[:200]
        one.save(update_fields=["state", "due_at", "error"])
