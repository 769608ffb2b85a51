"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from rongtong.errors import InputError
from rongtong.portal.people import operations
from rongtong.portal.people.access import public
from rongtong.portal.people.forms import CodeForm, PasswordForm, PhoneForm
from rongtong.portal.people.middleware import KEY
from rongtong.portal.people.models import User

PASSWORD_BACKEND = "rongtong.portal.people.backends.ByPassword"  # noqa: S105 -- a backend's name


@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Telephone first; then the code that was sent to it."""
    form = PhoneForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/sign_in.html", {"form": form, **_next(request)})
    try:
        code = operations.send_code(phone=form.cleaned_data["phone"], address=address(request))
    except InputError as error:
        return _refused(request, "people/sign_in.html", form, error)
    shown = {"shown_code": code} if settings.DEMO else {}
    return render(request, "people/code.html", {"form": CodeForm(initial=form.cleaned_data), **shown, **_next(request)})


@require_POST
@public
def code(request: HttpRequest) -> HttpResponse:
    """The code opens the account."""
    return _finish(request, CodeForm(request.POST), "people/code.html", operations.sign_in_by_code)


@require_http_methods(["GET", "POST"])
@public
def password(request: HttpRequest) -> HttpResponse:
    """Telephone and password."""
    form = PasswordForm(request.POST or None)
    if request.method == "GET":
        return render(request, "people/password.html", {"form": form, **_next(request)})
    return _finish(request, form, "people/password.html", operations.sign_in_by_password)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("desk:home")


@require_http_methods(["GET", "POST"])
@public
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-off link: to its page, and no further.

    It is opened by a button: what looks at links by itself, as chat programs do, must not use it up. Nor does whoever
    is signed in as somebody else, as the officer who passes it on: they see the page as themselves.
    """
    found = operations.link_of(token)
    if found and request.session.get(KEY) == found.pk:
        return redirect(found.path)
    if found is None or found.opened_at:
        return render(request, "people/dead_link.html", status=410)
    if request.user.is_authenticated and request.user != found.user:
        return redirect(found.path)
    if request.method == "GET":
        return render(request, "people/open_link.html", {"link": found})
    if not operations.open_link(found):
        return render(request, "people/dead_link.html", status=410)
    request.session.cycle_key()  # whoever knew this browser's session before does not come along
    request.session[KEY] = found.pk
    return redirect(found.path)


def _finish(request: HttpRequest, form: forms.Form, template: str, sign_in: Callable[..., User]) -> HttpResponse:
    if not form.is_valid():
        return render(request, template, {"form": form, **_next(request)}, status=422)
    try:
        user = sign_in(**form.cleaned_data, address=address(request))
    except InputError as error:
        return _refused(request, template, form, error)
    login(request, user, backend=PASSWORD_BACKEND)
    first = settings.LOGIN_REDIRECT_URL if user.grants_in_force else "people:claim"
    return redirect(_next(request)["next"] or resolve_url(first))


def _refused(request: HttpRequest, template: str, form: forms.Form, error: InputError) -> HttpResponse:
    form.add_error(None, error.sentence)
    return render(request, template, {"form": form, **_next(request)}, status=422)


def _next(request: HttpRequest) -> dict[str, Any]:
    """Where to go after signing in: only to ourselves."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return {"next": wanted if ours else ""}


def address(request: HttpRequest) -> str:
    """The address that a request comes from; behind a proxy the last one that it was told, which nobody can make up."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if settings.BEHIND_PROXY and told else str(request.META.get("REMOTE_ADDR", ""))
