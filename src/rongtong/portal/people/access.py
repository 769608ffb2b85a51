"""Who may open a page: one decorator, which the permission matrix reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from rongtong.portal.people.models import User

P = ParamSpec("P")
#: The attribute of a view in which the permission matrix finds what it asks for.
PERMISSION = "permission"


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails


class Page(Protocol[P]):
    """A view."""

    def __call__(self, request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        """Answer a request."""


def public(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Page[P]:
    """A page for everybody."""
    return _marked(view, "")


def page(
    permission: str,
) -> Callable[[Callable[Concatenate[Request, P], HttpResponseBase]], Page[P]]:
    """A page for whoever may *permission* at all; the view asks again for its object (:func:`require`).

    Somebody not signed in is led to the sign-in and back.
    """

    def wrap(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> Page[P]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            signed_in = cast(Request, request)
            require(signed_in.user, permission)
            return view(signed_in, *args, **kwargs)

        return _marked(run, permission)

    return wrap


def require(user: User, permission: str, subject: object = None) -> None:
    """Raise PermissionDenied unless *user* may *permission* (to *subject*)."""
    if not user.has_perm(permission, subject):
        raise PermissionDenied(permission)


def _marked(view: Callable[..., HttpResponseBase], permission: str) -> Page[P]:
    setattr(view, PERMISSION, permission)
    return cast("Page[P]", view)
