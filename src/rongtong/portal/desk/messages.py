"""What somebody was told: what is theirs, and what of it is new."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.desk.models import Message
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User


def messages(user: User) -> QuerySet[Message]:
    """What *user* was told, alone or as one who acts for a firm, the latest first."""
    return Message.objects.filter(Q(user=user) | Q(firm__in=user.firms))


def unread(user: User) -> QuerySet[Message]:
    """What of it nobody has seen."""
    return messages(user).filter(read_at=None)


def count(user: User) -> int:
    """How much is new; those who work for the alliance are told on their workbench."""
    is_told = user.acts_as(Role.FIRM) or not user.grants_in_force
    return unread(user).count() if is_told else 0


def waiting(user: User) -> Iterator[Waiting]:
    """What is new."""
    for one in unread(user):
        yield Waiting(one.told, _("通知"), reverse("desk:messages"))
