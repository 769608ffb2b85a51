"""Starting a comparison, answering its rows, taking an answer back, filling the list again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from rongtong.facts import answers
from rongtong.facts.journal import Entry
from rongtong.portal.audit.operations import operation
from rongtong.portal.comparison import filling, pasting, queries
from rongtong.portal.comparison.filling import known_fields
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.ending import ends
from rongtong.portal.registry.naming import firm_called


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


@operation("comparison.answer", permission="comparison.view", about="held", says=("row", "firm"))
def answer(*, actor: User, held: Comparison, row: int, firm: str, seen: int) -> int:
    """Say which firm a row is (as :func:`firm_called` takes it; "": none of those shown), there and on lists to come.

    *seen* is the answer that was shown, 0 for none. Returns the journal entry. Raises InputError when no such row is
    there, nothing is said, or somebody else was faster.
    """
    found, firm = queries.row_of(held, row), firm_called(firm) if firm else ""
    apart = () if firm else queries.denied(found)
    wording = (found.compared["code"], found.compared["given_name"])
    return current.alliance().answer(
        wording, firm or None, apart=apart, by=str(actor), seen=seen, snapshot=current.snapshot()
    )


@operation("comparison.withdraw", permission="comparison.use", says=("entry",))
def withdraw(*, actor: User, entry: int) -> int:
    """Take an answer back: rows that say the same are asked about again. Returns the journal entry."""
    return answers.withdraw(current.alliance(), entry, by=str(actor))


@ends("comparison.answer")
@ends("comparison.withdraw")
def _ended(_entry: Entry, _subject: object, _actor: User | None) -> None:
    """Nothing waits for a snapshot: what lists call firms moves no facts."""


@operation("comparison.again", permission="comparison.view", about="held")
def again(*, actor: User, held: Comparison) -> Comparison:
    """Compare anew, with the rights that *actor* has today."""
    return _again(actor, held)


@operation("comparison.fill", permission="comparison.view", about="held")
def fill(*, actor: User, held: Comparison) -> Comparison:
    """Have the list filled as answers are now: a short one at once, a long one in the background."""
    if queries.open_job(held):
        return held
    if (held.counts or {}).get("rows", 0) <= filling.AT_ONCE:
        filling.give_back(held)
        return held
    held.job = enqueue("fill", made_by=actor, comparison=held.pk)
    held.save(update_fields=["job"])
    return held


def _again(actor: User, held: Comparison) -> Comparison:
    held.job, held.counts = enqueue("compare", made_by=actor, comparison=held.pk), None
    held.save(update_fields=["job", "counts"])
    return held
