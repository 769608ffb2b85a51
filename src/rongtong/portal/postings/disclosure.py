"""What in the public half of a posting would give the firm, or the private half, away (脱敏)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rongtong import identity
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-\s]?\d{7,8})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?\s*(?:万元|亿元|万|亿)")
#: A run of this many characters that stands in both halves was copied from the private one.
COPIED = 12


@dataclass(frozen=True)
class Finding:
    """One place of the public half, why it gives something away, and whether it must go (else it is only told)."""

    text: str
    why: str
    blocks: bool = True


def findings(posting: Posting, private: PrivateHalf, firm: Firm) -> list[Finding]:
    """What to take out of the public half, in the order of weight."""
    public = f"{posting.title}\n{posting.text}"
    found = [*_of_people(public), *_of_private(public, private)]
    return found if posting.named else [*found, *_of_firm(public, firm), *_of_size(public)]


def check(posting: Posting, private: PrivateHalf, firm: Firm) -> None:
    """Raises InputError that names the first place that must go."""
    for one in findings(posting, private, firm):
        if one.blocks:
            raise InputError(one.why, place=one.text, mend=_("请从公开说明中删去，或移到不公开说明"))


def contacts_in(text: str) -> list[str]:
    """The telephones and addresses that stand in *text*."""
    return [one for pattern in (_PHONE, _MAIL) for one in pattern.findall(text)]


def _of_people(public: str) -> Iterator[Finding]:
    for one in contacts_in(public):
        yield Finding(one, _("公开说明里有联系方式"))


def _of_private(public: str, private: PrivateHalf) -> Iterator[Finding]:
    told = {str(private.quantity).strip(), *_NUMBER.findall(private.quantity)}
    for one in sorted((one for one in told if len(one) > 1 and one in public), key=len, reverse=True):
        yield Finding(one, _("公开说明里有不公开的数量"))
    if private.budget is not None:
        for one in _amounts(public, private):
            yield Finding(one, _("公开说明里有不公开的预算"))
    if copied := _common(public, private.text):
        yield Finding(copied, _("公开说明与不公开说明有相同的文字"))


def _amounts(public: str, private: PrivateHalf) -> Iterator[str]:
    yuan = private.budget.normalize() if private.budget is not None else None
    for one in _AMOUNT.findall(public):
        scale = 10**8 if "亿" in one else 10**4
        if yuan is not None and float(_NUMBER.findall(one)[0].replace(",", "")) * scale == float(yuan):
            yield one


def _common(public: str, private: str) -> str:
    """The first run of :data:`COPIED` characters that stands in both; empty when there is none."""
    runs = (private[at : at + COPIED] for at in range(len(private) - COPIED + 1))
    return next((run for run in runs if run in public), "")


def _of_firm(public: str, firm: Firm) -> Iterator[Finding]:
    names = {firm.name, identity.split(firm.name).trade_name, firm.uscc}
    for one in sorted((one for one in names if one and len(one) > 1 and one in public), key=len, reverse=True):
        yield Finding(one, _("公开说明里有企业名称或代码，而您选择了不公开名称"))


def _of_size(public: str) -> Iterator[Finding]:
    for one in _AMOUNT.findall(public):
        yield Finding(one, _("金额、规模和环节合在一起容易认出是哪家企业"), blocks=False)
