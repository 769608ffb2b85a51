"""Whom an operation tells what: by the words of ``catalogue/notices``, which have no room for a private half."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from rongtong.portal.notifications.operations import done, tell
from rongtong.portal.notifications.texts import texts
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.people.queries import acting_for
from rongtong.portal.postings.models import Posting, Step, flow
from rongtong.portal.postings.rules import is_author
from rongtong.portal.registry.rules import firm_of

#: The notice to the author that the time of a posting runs out.
EXPIRES = "posting_expires"


def moved(posting: Posting, step: Step) -> None:
    """A transition has been made: what was asked before is done, and whoever its notice is for hears of it."""
    done([EXPIRES, *(one.id for one in flow().notices if one.asks)], posting.pk)
    if notice := flow().transition_of[step.transition].notice:
        _tell(PEOPLE[notice.to](posting, step.by), notice.id, posting, step.pk)


def expires(posting: Posting) -> None:
    """It runs out soon: told once for each day on which it would."""
    _tell(_authors(posting), EXPIRES, posting, posting.expires_on)


def _side(posting: Posting) -> str:
    """What it is, as it is kept for readers of either language."""
    with override(settings.LANGUAGE_CODE):
        return posting.get_side_display()


def _authors(posting: Posting) -> list[User]:
    """Who wrote it, or whose it is now that they act for the firm no more."""
    now = [one for one in acting_for(firm_of(posting)) if one.is_active and is_author(one, posting)]
    return [posting.made_by] if posting.made_by in now else now


def _confirmers(posting: Posting, by: User) -> list[User]:
    """The firm's purchasing and R&D but for who handed it in."""
    held = Grant.objects.in_force().filter(role=Role.LARGE_FIRM).exclude(user=by).select_related("user")
    return [one.user for one in held if firm_of(one) == firm_of(posting)]


def _of(role: str) -> list[User]:
    return [one.user for one in Grant.objects.in_force().filter(role=role).select_related("user")]


#: The parties of the workflow as people, for a posting and who has just done something to it.
PEOPLE: dict[str, Callable[[Posting, User], list[User]]] = {
    "author": lambda posting, _by: _authors(posting),
    "confirmer": _confirmers,
    "reviewer": lambda _posting, _by: _of(Role.SECRETARIAT),
}
#: What a notice about a posting may say of it.
SAYS: dict[str, Callable[[Posting], str]] = {
    "posting": lambda posting: posting.title,
    "side": _side,
    "until": lambda posting: str(posting.expires_on),
}


def _tell(users: Iterable[User], wording: str, about: Posting, key: object) -> None:
    url = reverse("postings:posting", args=[about.pk])
    said = {name: SAYS[name](about) for name in texts()[wording].names}
    tell(users, wording, key=f"{about.pk}:{key}", url=url, **said)
