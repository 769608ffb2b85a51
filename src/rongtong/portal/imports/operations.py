"""Bringing a workbook in, step by step, and taking it back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from rongtong.errors import InputError
from rongtong.facts.importing import options
from rongtong.i18n import _
from rongtong.portal.audit.during import heard
from rongtong.portal.audit.operations import operation
from rongtong.portal.imports import readings
from rongtong.portal.imports.models import Return, Upload
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import Contact, User
from rongtong.portal.registry.cells import firm_of_mention
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.operations import changed
from rongtong.report import labels


@operation("imports.upload", permission="imports.upload", says=("source", "date", "year", "complete", "number"))
def upload(
    *,
    actor: User,
    file: UploadedFile[bytes],
    source: str,
    date: datetime.date,
    year: int | None = None,
    complete: Sequence[str] = (),
    number: str = "",
) -> Upload:
    """Take a workbook and have it read. Raises InputError when what is said about it cannot be."""
    options(alliance().catalogue, source=source, date=date.isoformat(), year=year, complete=complete, number=number)
    made = Upload.objects.create(
        file=file,
        name=PurePath(str(file.name)).name[:200],
        source=source,
        date=date,
        year=year,
        complete=list(complete),
        number=number,
        district=min(actor.districts, default=""),
        made_by=actor,
    )
    return _read_again(actor, made)


@operation("imports.heading", permission="imports.change", about="held", says=("heading", "slot"))
def decide_heading(*, actor: User, held: Upload, heading: str, slot: str) -> Upload:
    """Say what a heading means, for this workbook and all that follow; it is read again."""
    _open(held)
    alliance().decide_heading(heading, slot, by=str(actor))
    return _read_again(actor, held)


@operation("imports.year", permission="imports.change", about="held", says=("year",))
def tell_year(*, actor: User, held: Upload, year: int) -> Upload:
    """Say of which year figures are whose headings name none; the workbook is read again."""
    _open(held)
    held.year = year
    held.save(update_fields=["year"])
    return _read_again(actor, held)


@operation("imports.confirm", permission="imports.change", about="held", says=("contacts",))
def confirm(*, actor: User, held: Upload, contacts: bool = False) -> Upload:
    """Have the workbook put in force, and with *contacts* its people taken among the contacts of the firms."""
    if held.state not in (Upload.State.READ, Upload.State.UNDONE):
        raise InputError(_("这份表格现在不能导入：{state}", state=held.get_state_display()), place=held.name)
    held.state, held.job = Upload.State.IMPORTING, enqueue("import", made_by=actor, upload=held.pk)
    held.contacts = contacts
    held.save(update_fields=["state", "job", "contacts"])
    return held


@operation("imports.discard", permission="imports.change", about="held")
def discard(*, actor: User, held: Upload) -> Upload:
    """Give up an upload that was never imported; the file and its reading are deleted, the entry in the list stays."""
    del actor
    if not held.may_be_discarded:
        raise InputError(
            _("这份表格现在不能弃用：{state}", state=held.get_state_display()),
            place=held.name,
            mend=_("已导入的请撤销导入；正在处理的请等它结束"),
        )
    held.state = Upload.State.DISCARDED
    held.save(update_fields=["state"])
    transaction.on_commit(partial(readings.drop, held.folder, held.file.storage, str(held.file.name)))
    return held


@operation("imports.undo", permission="imports.change", about="held")
def undo(*, actor: User, held: Upload) -> int:
    """Take the import back, with the contacts that came of it; the entry that does so."""
    if held.state != Upload.State.IMPORTED or held.entry is None:
        raise InputError(_("这份表格没有导入，无需撤销"), place=held.name)
    entry = _taken_back(held.entry) or alliance().undo(held.entry, by=str(actor))[0]
    heard(entry)
    undone(held, by=actor, entry=entry)
    return entry


def imported(held: Upload, *, by: User | None, entry: int, counts: dict[str, int]) -> None:
    """Note that *entry* put it in force; part of another operation."""
    held.state, held.entry, held.counts = Upload.State.IMPORTED, entry, counts
    held.save(update_fields=["state", "entry", "counts"])
    changed(entry=entry, made_by=by)
    if held.contacts:
        enqueue("contacts", made_by=by, upload=held.pk)


def undone(held: Upload, *, by: User | None, entry: int) -> None:
    """Note that *entry* took its own back; part of another operation."""
    Contact.objects.filter(entry=held.entry).delete()
    held.state, held.entry = Upload.State.UNDONE, None
    held.save(update_fields=["state", "entry"])
    changed(entry=entry, made_by=by)


def _taken_back(number: int) -> int | None:
    """The entry that took entry *number* back already: the journal may know what the database was killed before."""
    folder = alliance()
    if number in folder.state().in_force:
        return None
    undone = [one.number for one in folder.journal() if one.kind == "undo" and one.body["entry"] == number]
    return max(undone, default=None)


@operation("imports.correct", permission="imports.change", about="held", says=("sheet", "cell", "value"))
def correct(*, actor: User, held: Upload, sheet: str, cell: str, value: str) -> int:
    """Say how a cell is to be read; amounts are sent back instead. Returns the entry."""
    if held.entry is None:
        raise InputError(_("请先导入，再更正单元格的读法"), place=held.name)
    if is_amount(held, sheet, cell):
        raise InputError(_("金额只能由填报单位更正"), place=f"{sheet} {cell}", mend=_("请用“退回核实”"))
    folder = alliance()
    entry = folder.correct_reading(held.entry, sheet, cell, value, by=str(actor))
    made = folder.journal()[entry - 1].body["decision"]
    firm = firm_of_mention(made["mention"])
    changed(entry=entry, made_by=actor, firm=firm.id if firm else "", slot=made["slot"])
    return entry


@operation("imports.send_back", permission="imports.change", about="held", says=("sheet", "cell", "note"))
def send_back(*, actor: User, held: Upload, sheet: str, cell: str, text: str, reason: str, note: str = "") -> Return:
    """Send a cell back to who reported it; twice is once."""
    given = {"text": text[:400], "reason": reason[:400], "note": note, "made_by": actor}
    return Return.objects.get_or_create(upload=held, sheet=sheet, cell=cell, defaults=given)[0]


def is_amount(held: Upload, sheet: str, cell: str) -> bool:
    """Whether a cell stands in a column of money."""
    letters = cell.rstrip("0123456789")
    account = readings.load(held.folder)
    found = [
        column["slot"]
        for column in (account.columns if account else ())
        if column["sheet"] == sheet and column["letter"] == letters and column["slot"]
    ]
    return any(labels.type_of(slot) == "money" for slot in found)


def _open(held: Upload) -> None:
    if held.state not in (Upload.State.READ, Upload.State.REFUSED, Upload.State.UNDONE):
        raise InputError(_("这份表格现在不能改：{state}", state=held.get_state_display()), place=held.name)


def _read_again(actor: User, held: Upload) -> Upload:
    held.state, held.job = Upload.State.READING, enqueue("read", made_by=actor, upload=held.pk)
    held.save(update_fields=["state", "job"])
    return held
