"""Reading a sign-in sheet in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from rongtong.i18n import _
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.meetings.models import Line, Meeting
from rongtong.portal.meetings.reading import sheet
from rongtong.portal.registry import current


@kind("meeting")
def read(*, job: Job, progress: Progress, meeting: int) -> dict[str, Any]:
    """Read the sheet into lines; reading it again replaces those of which nothing was made."""
    del job
    held = Meeting.objects.get(pk=meeting)
    progress(_("读取 {file}", file=held.name), 0.1)
    needs = list(held.needs.order_by("pk"))
    found, unread = sheet(Path(held.file.path), needs, current.snapshot(), held.headings, current.answers())
    progress(_("记入 {n} 行", n=len(found)), 0.8)
    with transaction.atomic():
        kept = set(held.lines.exclude(introduction=None).values_list("sheet", "row"))
        held.lines.filter(introduction=None).delete()
        Line.objects.bulk_create(Line(meeting=held, **one) for one in found if (one["sheet"], one["row"]) not in kept)
        Meeting.objects.filter(pk=meeting).update(unread=unread)
    return {"lines": len(found)}
