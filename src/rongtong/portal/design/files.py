"""Files that people uploaded, given back as downloads and never shown in the page."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def stored(file: FieldFile) -> FileResponse:
    """The uploaded *file* as a download. Raises Http404 when there is none or it is gone."""
    if not file:
        raise Http404
    try:
        return FileResponse(file.open("rb"), as_attachment=True)
    except FileNotFoundError:
        raise Http404 from None
