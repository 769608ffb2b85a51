"""Deciding a conflict or a pair; taking a decision back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from rongtong.errors import InputError
from rongtong.i18n import _, joined
from rongtong.portal.audit.operations import operation
from rongtong.portal.firm_ids import firm_named, move, named
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import enqueue
from rongtong.portal.people.models import User
from rongtong.portal.queues import judging
from rongtong.portal.queues.queries import DIVIDE, parted
from rongtong.portal.registry import current
from rongtong.portal.registry.cells import firm_of_mention
from rongtong.portal.registry.models import Between, Firm
from rongtong.portal.registry.operations import changed
from rongtong.portal.registry.rules import firm_of

#: Where the decisions of the two queues name the mentions they are about; bounds are about none.
MENTIONS = {"value": ("mention",), "same": ("left", "right"), "different": ("left", "right"), "judging": ()}


@operation("queues.value", permission="queues.decide", about="firm", says=("slot", "value"))
def choose(*, actor: User, firm: Firm, slot: str, value: str) -> int:
    """Of the claims on a fact, the one with *value* wins. Returns the journal entry. Raises InputError when stale."""
    seen = current.pointer()
    entry = current.alliance().decide_value(
        firm.id, slot, value, by=str(actor), answers=seen.head, seen=current.snapshot()
    )
    changed(entry=entry, made_by=actor, firm=firm.id, slot=slot)
    return entry


@operation("queues.pair", permission="queues.decide", says=("left", "right", "same"))
def judge(*, actor: User, left: str, right: str, same: bool) -> int:
    """Say that two mentions are one firm, or two; whoever decides is in charge of both. Returns the journal entry."""
    firm, _other = _in_charge(actor, left, right)
    alliance, seen = current.alliance(), current.pointer()
    if same:  # the pair was shown with both codes
        entry = alliance.decide_same(left, right, by=str(actor), answers=seen.head, seen=current.snapshot(), sure=True)
    else:
        entry = alliance.decide_different(left, right, by=str(actor), answers=seen.head, seen=current.snapshot())
    changed(entry=entry, made_by=actor, firm=firm.id)
    return entry


@operation("queues.undo", permission="queues.decide", says=("entry",))
def take_back(*, actor: User, entry: int) -> int:
    """Undo a decision on a conflict or a pair; whoever does is in charge of its firms. Returns the entry that does so.

    Raises InputError when *entry* is none: imports are undone where they were made.
    """
    alliance = current.alliance()
    made = next((one for one in alliance.journal() if one.number == entry and one.kind in MENTIONS), None)
    if made is None:
        raise InputError(_("台账第 {n} 条不是疑点或重复的决定", n=entry), mend=_("导入的撤销请到导入记录里操作"))
    if made.kind == "judging" and not actor.has_perm("queues.set_bounds"):
        raise PermissionDenied("queues.set_bounds")
    firms = _in_charge(actor, *(made.body["decision"][name] for name in MENTIONS[made.kind]))
    number, _dormant = alliance.undo(entry, by=str(actor))
    changed(entry=number, made_by=actor, firm=firms[0].id if firms else "")
    return number


@operation("queues.bounds", permission="queues.set_bounds", says=("ask", "same"))
def bound(*, actor: User, ask: float, same: float) -> int:
    """Judge names by other bounds from the next settling on. Returns the journal entry. Raises InputError."""
    entry = current.alliance().judge_by(ask=ask, same=same, by=str(actor))
    changed(entry=entry, made_by=actor)
    return entry


@operation("queues.teach", permission="queues.set_bounds")
def teach(*, actor: User) -> Job:
    """Have people's decisions teach, in the background, unless that is asked already; nothing is switched on."""
    asked = Job.objects.filter(kind=judging.KIND, state__in=(Job.State.WAITING, Job.State.RUNNING)).first()
    return asked or enqueue(judging.KIND, made_by=actor)


@operation("queues.use", permission="queues.set_bounds", about="job")
def use(*, actor: User, job: Job) -> int:
    """Judge names by what *job* found that decisions teach. Returns the entry. Raises InputError when not better."""
    found = job.result if job.kind == judging.KIND and job.state == Job.State.DONE else None
    if not found:
        raise InputError(_("还没有评估结果"), mend=_("请等评估结束"))
    if found["against"]:
        raise InputError(_("校准没有启用：{why}", why=joined(found["against"], "；")), mend=_("现行判法不变"))
    entry = current.alliance().judge_by(taught=found["taught"], by=str(actor), answers=found["head"])
    changed(entry=entry, made_by=actor)
    return entry


@operation("queues.divide", permission=DIVIDE, about="item", says=("firm",))
def divide(*, actor: User, item: Between, firm: str) -> None:
    """Say which of its two firms a row is about that was written while they were one. Raises InputError when stale."""
    if item.decided_at:
        raise InputError(_("已经有人定过了"), mend=_("名单可能已更新，请刷新页面"))
    row = named([(item.kind, item.key)]).get((item.kind, item.key))
    if row is None or not parted(item) or firm_of(firm_named(row)) != firm_of(item.kept):
        raise InputError(_("这一条已经变了，不用再定"), mend=_("名单可能已更新，请刷新页面"))
    if firm not in (item.kept, item.gone):
        raise InputError(_("只能归这两家中的一家"), place=firm)
    if firm == item.gone:
        _move(row, firm)
    told = {"firm": firm, "decided_by": actor, "decided_at": timezone.now()}
    Between.objects.filter(pk=item.pk).update(**told)


def _move(row: Model, firm: str) -> None:
    """Let *row* be about *firm*. Raises InputError when that has one already of which there is to be but one."""
    try:
        with transaction.atomic():
            move(row, firm)
    except IntegrityError as error:
        raise InputError(_("那家企业已经有同样的一条"), mend=_("请先处理那家企业的，或仍归这一家")) from error


def _in_charge(actor: User, *mentions: str) -> list[Firm]:
    """The firms of *mentions*, all of which *actor* decides about. Raises InputError or PermissionDenied."""
    found = [firm_of_mention(mention) for mention in mentions]
    firms = [firm for firm in found if firm is not None]
    if len(firms) < len(mentions):
        raise InputError(_("没有这条记录"), mend=_("名单可能已更新，请刷新页面"))
    if not all(actor.has_perm("queues.decide", firm) for firm in firms):
        raise PermissionDenied("queues.decide")
    return firms
