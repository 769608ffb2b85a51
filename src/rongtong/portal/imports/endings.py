"""An import, or its undo, that a kill kept from its end."""

from __future__ import annotations

from rongtong.facts.journal import Entry
from rongtong.portal.imports.models import Upload
from rongtong.portal.imports.operations import imported, undone
from rongtong.portal.people.models import User
from rongtong.portal.registry.ending import ends
from rongtong.portal.registry.operations import changed


@ends("imports.imported")
def bring_in(entry: Entry, upload: Upload | None, actor: User | None) -> None:
    """The upload is in force, whether or not its job comes to say so."""
    if upload is not None and upload.state != Upload.State.IMPORTED:
        imported(upload, by=actor, entry=entry.number, counts=dict(entry.body["counts"]))


@ends("imports.undo")
def undo(entry: Entry, upload: Upload | None, actor: User | None) -> None:
    """The upload is in force no more."""
    if upload is not None and upload.entry == entry.body["entry"]:
        undone(upload, by=actor, entry=entry.number)
    else:
        changed(entry=entry.number, made_by=actor)
