"""Whom an operation tells what: by the words of ``catalogue/notices``, which have no room for a private half."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from rongtong.portal.notifications.operations import done, tell
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.people.queries import acting_for
from rongtong.portal.postings.models import Posting, Step
from rongtong.portal.postings.rules import is_author
from rongtong.portal.registry.rules import firm_of

#: What asks somebody to do something about a posting.
ASKS = ("posting_to_confirm", "posting_to_review", "posting_returned", "posting_expires")


def moved(posting: Posting, step: Step) -> None:
    """A transition has been made: what was asked before is done, and who is to act now hears of it, or the author."""
    done(ASKS, posting.pk)
    said = {"posting": posting.title, "side": _side(posting)}
    if step.transition == "hand_in":
        _tell(_confirmers(posting, step.by), "posting_to_confirm", posting, step.pk, **said)
    elif step.transition == "confirm":
        _tell(_of(Role.SECRETARIAT), "posting_to_review", posting, step.pk, **said)
    elif step.transition == "publish":
        _tell(_authors(posting), "posting_published", posting, step.pk, until=str(posting.expires_on), **said)
    elif step.transition in ("return_to_author", "send_back"):
        _tell(_authors(posting), "posting_returned", posting, step.pk, **said)


def expires(posting: Posting) -> None:
    """It runs out soon: told once for each day on which it would."""
    until, side = str(posting.expires_on), _side(posting)
    _tell(_authors(posting), "posting_expires", posting, until, posting=posting.title, side=side, until=until)


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


def _tell(users: Iterable[User], wording: str, about: Posting, key: object, **said: str) -> None:
    url = reverse("postings:posting", args=[about.pk])
    tell(users, wording, key=f"{about.pk}:{key}", url=url, **{name: str(value) for name, value in said.items()})
