"""Publishing and withdrawing notices."""

from __future__ import annotations

import datetime

from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.audit.operations import in_turn, operation
from rongtong.portal.desk import queries
from rongtong.portal.desk.models import Notice
from rongtong.portal.people.models import User


@operation("desk.publish", permission="desk.publish", says=("title",))
def publish(*, actor: User, title: str, body: str, until: datetime.date | None = None) -> Notice:
    """Put a notice on the front page. Raises InputError where the same one stands there already."""
    in_turn(f"desk.notice:{title}")
    if queries.notices().filter(title=title, body=body).exists():
        raise InputError(_("这条通知已经发布"), place=title, mend=_("要重新发布，请先撤下原来的"))
    return Notice.objects.create(title=title, body=body, until=until, made_by=actor)


@operation("desk.withdraw", permission="desk.publish", about="notice")
def withdraw(*, actor: User, notice: Notice) -> Notice:
    """Take a notice down; it stays on record."""
    del actor
    notice.withdrawn_at = timezone.now()
    notice.save(update_fields=["withdrawn_at"])
    return notice
