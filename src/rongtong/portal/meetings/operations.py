"""Entering a meeting, answering what its sheet leaves open, and making its introductions."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import override

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.facts import answers
from rongtong.facts.journal import Entry
from rongtong.facts.reading import normalise_heading
from rongtong.i18n import _
from rongtong.portal.audit.operations import in_turn, operation
from rongtong.portal.contacting import without_contacts
from rongtong.portal.introductions import judging
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.queries import between
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.meetings.models import OUTSIDE, Line, Meeting
from rongtong.portal.people.models import User
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current
from rongtong.portal.registry.ending import ends
from rongtong.portal.registry.naming import firm_called
from rongtong.portal.registry.queries import firm_now


@operation("meetings.enter", permission="meetings.enter", says=("title", "on"))
def enter(
    *,
    actor: User,
    title: str,
    on: datetime.date,
    place: str,
    needs: Sequence[Posting],
    file: UploadedFile[bytes],
) -> Meeting:
    """Enter a meeting with its sign-in sheet, which is read in the background."""
    if not needs or not all(actor.has_perm("postings.view", one) for one in needs):
        raise InputError(_("请选择会上对接的需求"), place=title)
    sha256 = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    in_turn(f"meetings.meeting:{sha256}")
    if known := Meeting.objects.filter(sha256=sha256).first():
        raise InputError(
            _("这张签到表已经录入：{day} {title}", day=known.on.isoformat(), title=known.title),
            place=str(file.name),
            mend=_("请到那次对接会中核对；要补充请上传改过的表"),
        )
    name = PurePath(str(file.name)).name[:200]
    made = Meeting.objects.create(title=title, on=on, place=place, file=file, name=name, sha256=sha256, made_by=actor)
    made.needs.set(needs)
    _read(made, actor)
    return made


def _read(meeting: Meeting, actor: User) -> None:
    meeting.job = enqueue("meeting", made_by=actor, meeting=meeting.pk)
    meeting.save(update_fields=["job", "headings", "unread"])


@operation("meetings.name_column", permission="meetings.view", about="meeting", says=("heading", "field"))
def name_column(*, actor: User, meeting: Meeting, heading: str, field: str) -> None:
    """Say what a column of the sheet is that was not known (empty: nothing of use); the sheet is read again."""
    if heading not in {one["heading"] for one in meeting.unread}:
        raise InputError(_("签到表里没有这一栏，或已经核对"), place=heading)
    meeting.headings[normalise_heading(heading.rsplit("/", 1)[-1])] = field or "ignore"
    _read(meeting, actor)


@operation("meetings.answer", permission="meetings.view", about="meeting", says=("line", "firm", "follows"))
def answer(
    *, actor: User, meeting: Meeting, line: int, firm: str = "", need: Posting | None = None, follows: str = ""
) -> int:
    """Say which firm the row of a line is (an id, a code or a name; :data:`OUTSIDE`: none of the registry), which need
    it came for where the sheet does not say, and what follows where it says so in words unknown; how many lines that is
    about."""
    if not (firm or need or follows):
        raise InputError(
            _("还没有选"), place=meeting.title, mend=_("请选择是哪家企业、哪条需求或会后怎么走，再点“确定”")
        )
    asked = meeting.lines.filter(pk=line).first()
    if asked is None:
        raise InputError(_("签到表里没有这一行"), place=meeting.title)
    lines = meeting.lines.filter(sheet=asked.sheet, row=asked.row, introduction=None)
    if need is not None and not meeting.needs.filter(pk=need.pk).exists():
        raise InputError(_("这条需求不在本次对接会上"), place=meeting.title)
    if firm:
        _settle(asked, lines, "" if firm == OUTSIDE else firm_called(firm), actor)
    if need is not None:
        lines.filter(need=None).update(need=need)
    if follows:
        lines.update(follows=follows)
    return lines.count()


def _settle(asked: Line, lines: QuerySet[Line], firm: str, actor: User) -> None:
    """Say which firm a row is, "" for none of the registry's; other lists that call it so need not ask again."""
    if firm:
        lines.update(firm=firm, outcome="same")
    else:
        lines.update(firm="", outcome=OUTSIDE)
    wording = (asked.uscc or None, asked.name or None)
    apart = () if firm else asked.candidates
    if (firm or apart) and answers.says(*wording):
        current.alliance().answer(wording, firm or None, apart=apart, by=str(actor), snapshot=current.snapshot())


@ends("meetings.answer")
def _ended(_entry: Entry, _subject: object, _actor: User | None) -> None:
    """Nothing waits for a snapshot, and the row is asked about again."""


@operation("meetings.introduce", permission="meetings.view", about="meeting")
def introduce(*, actor: User, meeting: Meeting) -> Counter[str]:
    """Make an introduction of every line that says who met whom and that something follows; doing it twice is once.

    Counts ``made``, ``known`` (that firm and need had met before), ``closed`` (the need can no longer be answered).
    """
    counts: Counter[str] = Counter()
    lines = ready(meeting)
    _hold([line.need_id for line in lines if line.need_id])
    for line in lines:
        counts[_introduce(actor, line)] += 1
    return counts


def _hold(needs: Collection[int]) -> None:
    """Hold *needs* and their introductions, before the first line writes to the trail: others take them in this order
    too, so nobody waits for whom they hold up."""
    for rows in (Posting.objects.filter(pk__in=needs), Introduction.objects.filter(need__in=needs)):
        list(rows.select_for_update().order_by("pk").values_list("pk"))


def ready(meeting: Meeting) -> list[Line]:
    """The lines of which introductions can be made."""
    lines = meeting.lines.filter(introduction=None).exclude(firm="").exclude(need=None)
    open_ = (Line.Follows.NOTHING, Line.Follows.UNREAD)
    return list(lines.exclude(follows__in=open_).select_related("need", "meeting"))


def _introduce(actor: User, line: Line) -> str:
    need, firm = line.need, firm_now(line.firm)
    assert need is not None  # noqa: S101 -- `ready` leaves out the others
    known = between(need, firm)
    closed = not need.standing or need.firm == firm.id
    if known is None and (closed or judging.apart(need, firm)):
        return "closed"
    reason = {"kind": "meeting", "text": _met(line)}
    line.introduction = (
        _met_again(known, reason)
        if known
        else introductions.recommend(
            actor=actor, need=need, firm=firm, origin=Introduction.Origin.MEETING, reasons=[reason]
        )
    )
    line.save(update_fields=["introduction"])
    return "known" if known else "made"


def _met(line: Line) -> str:
    """When and where they met and what follows, in the words of the list: what people wrote stays with the meeting.

    Kept in Chinese, and told again to whoever reads English.
    """
    told = {"day": line.meeting.on.isoformat(), "title": without_contacts(line.meeting.title)}
    with i18n.using(i18n.SOURCE), override(settings.LANGUAGE_CODE):
        if line.follows:
            return _("{day}在“{title}”见面：{follows}", follows=line.get_follows_display(), **told)
        return _("{day}在“{title}”见面", **told)


def _met_again(known: Introduction, reason: dict[str, str]) -> Introduction:
    """An introduction of before, with what this meeting adds to it."""
    known.reasons = [*known.reasons, reason]
    known.save(update_fields=["reasons"])
    return known
