"""A one-off link: its page, and no other, opens as the person it was made for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rongtong.portal.people.models import AccessLink

#: Where the session keeps the number of the link that was opened.
KEY = "access_link"


class OneLink:
    """Whoever opened a link and is not signed in is its person on its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        number = request.session.get(KEY)
        if number and not request.user.is_authenticated:
            link = AccessLink.objects.select_related("user").filter(pk=number).first()
            if link and link.expires_at > timezone.now() and request.path == link.path and link.user.is_active:
                request.user = link.user
        return self.get_response(request)
