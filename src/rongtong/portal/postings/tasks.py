"""What is told without anybody doing something: that a posting runs out soon."""

from __future__ import annotations

from django.db import transaction

from rongtong.portal.notifications.models import Notification
from rongtong.portal.notifications.operations import key_of
from rongtong.portal.postings import telling
from rongtong.portal.postings.queries import running_out


def remind() -> int:
    """Tell the authors of what runs out soon and was not told yet; how many."""
    soon = {key_of("posting_expires", one.pk, one.expires_on): one for one in running_out()}
    told = set(Notification.objects.filter(key__in=soon).values_list("key", flat=True))
    with transaction.atomic():
        for key in soon.keys() - told:
            telling.expires(soon[key])
    return len(soon.keys() - told)
