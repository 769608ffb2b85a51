"""The document of a filing: as a download, and in the frame beside the fact that it is to prove."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from rongtong.portal.design.files import framed, stored
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.access import Request, page, require


@require_GET
@page("filings.view")
def document(request: Request, number: int) -> FileResponse:
    """The document of a filing."""
    return stored(_filing(request, number).document)


@xframe_options_sameorigin
@csp({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # its type knows no arguments beside the request
@require_GET
@page("filings.view")
def shown(request: Request, number: int) -> FileResponse:
    """The same to be looked at in a frame of ours; browsers draw a PDF with styles and parts of their own."""
    return framed(_filing(request, number).document)


def _filing(request: Request, number: int) -> Filing:
    filing = get_object_or_404(Filing, pk=number)
    require(request.user, "filings.view", filing)
    return filing
