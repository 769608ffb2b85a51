"""Starting a comparison, and deciding its doubtful rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from rongtong.portal.audit.operations import operation
from rongtong.portal.comparison import pasting
from rongtong.portal.comparison.filling import known_fields
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User


@operation("comparison.begin", permission="comparison.use", says=("fields",))
def begin(
    *,
    actor: User,
    file: UploadedFile[bytes] | None,
    text: str = "",
    columns: dict[str, int] | None = None,
    fields: Sequence[str] = (),
) -> Comparison:
    """Compare a workbook, or the lines of *text* (one firm a line); *columns* are ``name``, ``code`` (from 0)."""
    kept = file or ContentFile(pasting.workbook(text, columns or {}), name=_("粘贴的名单") + ".xlsx")
    made = Comparison.objects.create(
        file=kept,
        name=PurePath(str(kept.name)).name[:200],
        columns=columns or {},
        fields=known_fields(fields),
        made_by=actor,
    )
    return _again(actor, made)


@operation("comparison.decide", permission="comparison.view", about="held", says=("row", "firm"))
def decide(*, actor: User, held: Comparison, row: int, firm: str) -> Comparison:
    """Say which firm a row is ("" for none of them); the workbook is filled again."""
    held.decided = held.decided | {str(row): firm}
    held.save(update_fields=["decided"])
    return _again(actor, held)


@operation("comparison.again", permission="comparison.view", about="held")
def again(*, actor: User, held: Comparison) -> Comparison:
    """Compare anew, with the rights that *actor* has today."""
    return _again(actor, held)


def _again(actor: User, held: Comparison) -> Comparison:
    held.job, held.counts = enqueue("compare", made_by=actor, comparison=held.pk), None
    held.save(update_fields=["job", "counts"])
    return held
