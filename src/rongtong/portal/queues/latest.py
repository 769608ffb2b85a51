"""The decisions that a reader took since signing in: each can be taken back where it was taken, the last first."""

from __future__ import annotations

from rongtong.portal.people.access import Request

_KEY, _MOST = "decided", 50


def remember(request: Request, entry: int) -> None:
    """Offer to take back entry *entry* of the journal."""
    request.session[_KEY] = [*request.session.get(_KEY, ()), entry][-_MOST:]


def forget(request: Request, entry: int) -> None:
    """Offer it no more."""
    request.session[_KEY] = [one for one in request.session.get(_KEY, ()) if one != entry]
