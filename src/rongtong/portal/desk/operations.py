"""Publishing and withdrawing notices; telling people what was decided about them."""

from __future__ import annotations

from django.utils import timezone

from rongtong.portal.audit.operations import operation
from rongtong.portal.desk.messages import unread
from rongtong.portal.desk.models import Message, Notice
from rongtong.portal.people.models import User


@operation("desk.publish", permission="desk.publish", says=("title",))
def publish(*, actor: User, title: str, body: str) -> Notice:
    """Put a notice on the front page."""
    return Notice.objects.create(title=title, body=body, made_by=actor)


@operation("desk.withdraw", permission="desk.publish", about="notice")
def withdraw(*, actor: User, notice: Notice) -> Notice:
    """Take a notice down; it stays on record."""
    del actor
    notice.withdrawn_at = timezone.now()
    notice.save(update_fields=["withdrawn_at"])
    return notice


def tell(text: str, *, path: str, user: User | None = None, firm: str = "", **values: str) -> Message:
    """Tell a person, or whoever acts for a firm, *text* filled with *values*; part of another operation."""
    return Message.objects.create(text=text, values=values, path=path, user=user, firm=firm)


@operation("desk.read", permission="desk.messages")
def read(*, actor: User) -> int:
    """*actor* has seen what there is to tell; how much was new."""
    return unread(actor).update(read_at=timezone.now())
