"""Files that people uploaded, given back as downloads; papers and pictures also to be looked at in a frame."""

from __future__ import annotations

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

#: What is shown, and how it begins; whatever only bears such a name is not.
SHOWN = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


def stored(file: FieldFile, name: str = "") -> FileResponse:
    """The uploaded *file* as a download, called *name* where that is known: storage has its own names.

    Raises Http404 when there is none or it is gone.
    """
    if not file:
        raise Http404
    try:
        return FileResponse(file.open("rb"), as_attachment=True, filename=name)
    except FileNotFoundError:
        raise Http404 from None


def framed(file: FieldFile) -> FileResponse:
    """The uploaded *file* to be looked at. Raises Http404 when it is none of :data:`SHOWN`."""
    kind, beginning = SHOWN.get(PurePath(file.name or "").suffix.lower(), ("", b""))
    if not kind:
        raise Http404
    try:
        held = file.storage.open(str(file.name), "rb")
    except FileNotFoundError:
        raise Http404 from None
    if held.read(len(beginning)) != beginning:
        held.close()
        raise Http404
    held.seek(0)
    return FileResponse(held, content_type=kind, headers={"Content-Disposition": "inline"})
