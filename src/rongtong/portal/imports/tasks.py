"""Reading and importing in the background; either done twice is as if done once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from rongtong.errors import InputError
from rongtong.facts import importing
from rongtong.facts.journal import During
from rongtong.facts.reading import Reading
from rongtong.i18n import _
from rongtong.portal.audit.during import doing
from rongtong.portal.audit.operations import record, what
from rongtong.portal.imports import contacts, readings
from rongtong.portal.imports.models import Upload
from rongtong.portal.imports.operations import imported
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.people.models import Contact, User
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.models import Current
from rongtong.portal.registry.tasks import refresh


@kind("read")
def read(*, job: Job, progress: Progress, upload: int) -> dict[str, Any]:
    """Read an upload and keep the account of every cell; one that has gone on since is left as it is."""
    held, mine = Upload.objects.get(pk=upload), Upload.objects.filter(pk=upload, job=job)
    if not mine.exists():
        return {}
    progress(_("读取 {file}", file=held.name), 0.1)
    path = readings.place(held.folder, Path(held.file.path), held.name)
    folder = alliance()
    try:
        reading = importing.read(folder, path, importing.options(folder.catalogue, **said(held)))
        _is_a_table(reading)
        progress(_("标注问题"), 0.7)
        readings.keep(held.folder, path, reading)
    except InputError as error:
        mine.update(state=Upload.State.REFUSED, error=error.as_dict())
        raise
    except Exception:
        told = InputError(_("程序内部出错，这不是您的过错"), mend=_("请另存为 .xlsx 再传；仍不行请联系管理员"))
        mine.update(state=Upload.State.REFUSED, error=told.as_dict())
        raise
    mine.update(state=Upload.State.READ, counts=reading.counts, error=None)
    return dict(reading.counts)


@kind("import")
def bring_in(*, job: Job, progress: Progress, upload: int) -> dict[str, Any]:
    """Put an upload in force: one journal entry, whole or not at all."""
    held = Upload.objects.select_related("made_by").get(pk=upload)
    with doing(During(what(actor=job.made_by, act="imports.imported", subject=held, detail={}))):
        result = alliance().import_file(held.path, by=str(held.made_by), progress=progress, **said(held))
    finish(job.made_by, held, result.entry, dict(result.counts))
    return {"entry": result.entry, "already": result.already, **result.counts}


def _is_a_table(reading: Reading) -> None:
    """Raise InputError when no heading was found anywhere: there is nothing that a person could mend."""
    if not reading.columns:
        raise InputError(
            _("没有找到表头，不是企业表格"), place=reading.file, mend=_("请检查文件；表头应有企业名称或信用代码")
        )


def said(held: Upload) -> dict[str, Any]:
    """What is said of the upload as a whole, as an import takes it."""
    return {
        "source": held.source,
        "date": held.date.isoformat(),
        "year": held.year,
        "complete": tuple(held.complete),
        "number": held.number,
    }


@transaction.atomic
def finish(made_by: User | None, held: Upload, entry: int, counts: dict[str, int]) -> None:
    """Note the entry with the upload and in the trail, once and together."""
    fresh = Upload.objects.select_for_update().exclude(state=Upload.State.IMPORTED).filter(pk=held.pk).first()
    if fresh is not None:
        imported(fresh, by=made_by, entry=entry, counts=counts)
        record(actor=made_by, act="imports.imported", subject=held, detail={"entry": entry})


@kind("contacts")
def take_contacts(*, job: Job, progress: Progress, upload: int) -> dict[str, Any]:
    """Take the people of an imported sheet among the contacts of its firms, which the current snapshot knows."""
    held = Upload.objects.get(pk=upload)
    if held.entry is None or job.made_by is None:  # taken back since
        return {}
    seen = Current.objects.first()
    if seen is None or seen.head < held.entry:
        refresh(progress)
    return {"taken": _take(held, held.entry, job.made_by)}


@transaction.atomic
def _take(held: Upload, entry: int, by: User) -> int:
    made = Contact.objects.bulk_create(contacts.of_upload(held, entry, by))
    if made:
        record(actor=by, act="imports.contacts", subject=held, detail={"taken": len(made)})
    return len(made)
