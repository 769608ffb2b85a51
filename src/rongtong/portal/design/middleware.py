"""The language of the engines follows the page's; bad input gets a page that names the place and the mend."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rongtong import i18n
from rongtong.errors import InputError

Answer = Callable[[HttpRequest], HttpResponse]


class EngineLanguage:
    """Messages of the engines in the language of the page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request. Raises BadRequest for one that asks for a NUL, which PostgreSQL takes in no text."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL")
        with i18n.using((get_language() or "")[:2]):
            return self.get_response(request)


class InputErrors:
    """An InputError that no form caught: what is wrong, where, and the mend, as a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an InputError with 400."""
        if not isinstance(error, InputError):
            return None
        return render(request, "design/error.html", {"error": error.as_dict()}, status=400)
