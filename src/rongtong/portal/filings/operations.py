"""Filing, confirming, sending back; consent to share a field."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal import slips
from rongtong.portal.audit.during import heard
from rongtong.portal.audit.operations import operation
from rongtong.portal.days import today
from rongtong.portal.filings import source as written
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.models import User
from rongtong.portal.registry.current import alliance, ids_of
from rongtong.portal.registry.models import Consent, Firm
from rongtong.portal.registry.operations import changed
from rongtong.portal.registry.queries import firm_now


@operation("filings.file", permission="filings.file", about="firm", says=("slot", "value", "source", "page"))
def file(
    *,
    actor: User,
    firm: Firm,
    slot: str,
    value: str,
    source: str,
    document: UploadedFile[bytes] | None = None,
    page: int | None = None,
    note: str = "",
) -> Filing:
    """State a fact of one's firm. Raises InputError when the value cannot be read."""
    made = Filing(firm=firm.id, slot=slot, value=value, source=source, page=page, note=note, made_by=actor)
    made.made_at = timezone.now()
    if document is not None:
        made.document = document
        made.sha256 = hashlib.sha256(b"".join(document.chunks())).hexdigest()
    _readable(made, firm)
    made.save()
    return made


@operation("filings.confirm", permission="filings.decide", about="filing", says=("seal_seen",))
def confirm(*, actor: User, filing: Filing, seal_seen: bool = False) -> Filing:
    """Make it a claim: the filing's own small file is imported, with its kind of source and today's date."""
    _waiting(filing)
    if filing.document and not seal_seen:
        raise InputError(_("凭证的公章还没有核对"), mend=_("核对无误后勾选“公章已核”再确认；有问题请退回"))
    firm = firm_now(filing.firm)
    entry = _imported(filing, firm, str(actor))
    heard(entry)
    filing.seal_seen = seal_seen
    confirmed(filing, by=actor, entry=entry)
    return filing


def _imported(filing: Filing, firm: Firm, by: str) -> int:
    """Put its slip in force; the entry. Raises InputError when it would not be read to its end."""
    mend = _("请退回企业，写明应怎样填")
    return slips.enter(written.slip(filing, firm), firm, source=filing.source, day=today(), by=by, mend=mend)


def confirmed(filing: Filing, *, by: User, entry: int) -> None:
    """Note that *entry* put it in force; part of another operation."""
    filing.state, filing.entry = Filing.State.CONFIRMED, entry
    _decided(filing, by)
    changed(entry=entry, made_by=by, firm=filing.firm, slot=filing.slot)


@operation("filings.send_back", permission="filings.decide", about="filing", says=("reason",))
def send_back(*, actor: User, filing: Filing, reason: str) -> Filing:
    """Send it back, saying why."""
    _waiting(filing)
    if not reason.strip():
        raise InputError(_("退回要说明原因"), mend=_("请写明缺什么、怎么改"))
    filing.state, filing.reason = Filing.State.RETURNED, reason
    return _decided(filing, actor)


@operation("filings.withdraw", permission="filings.file", about="filing")
def withdraw(*, actor: User, filing: Filing) -> Filing:
    """Take back what has not been confirmed yet."""
    _waiting(filing)
    filing.state = Filing.State.WITHDRAWN
    return _decided(filing, actor)


@operation("filings.consent", permission="filings.consent", about="firm", says=("field", "given"))
def consent(*, actor: User, firm: Firm, field: str, given: bool) -> None:
    """Let the secretariat see a field of one's firm, or no longer."""
    if field not in catalogue().fields:
        raise InputError(_("没有这个数据项"), place=field)
    held = Consent.objects.filter(firm__in=ids_of(firm.id), field=field, withdrawn_at__isnull=True)
    if given and not held.exists():
        Consent.objects.create(firm=firm.id, field=field, given_by=actor)
    elif not given:
        held.update(withdrawn_at=timezone.now())


def _readable(filing: Filing, firm: Firm) -> None:
    """Raise InputError when the value is not one of its slot's type: better now than when somebody confirms it."""
    if filing.slot == "titles":
        return
    from rongtong.facts.decisions import read_value  # noqa: PLC0415 -- only where a single value is read

    del firm
    Slot.parse(filing.slot)
    read_value(alliance().catalogue, filing.slot, filing.value)


def _waiting(filing: Filing) -> None:
    if filing.state != Filing.State.WAITING:
        raise InputError(_("这条填报已经处理过：{state}", state=filing.get_state_display()))


def _decided(filing: Filing, by: User) -> Filing:
    filing.decided_by, filing.decided_at = by, timezone.now()
    filing.save()
    return filing
