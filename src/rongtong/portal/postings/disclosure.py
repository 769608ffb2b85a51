"""What in the public half of a posting would give the firm, or the private half, away (脱敏)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from rongtong import identity
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.match.numbers import amounts, quantities, values
from rongtong.match.structure import size_words
from rongtong.match.writing import clauses
from rongtong.portal.contacting import contacts_in
from rongtong.portal.masking import LEAST
from rongtong.portal.postings import crowd, naming, said_numbers
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm
from rongtong.portal.undisguised import closed, plain, skeleton, where

#: A run of this many characters that stands in both halves was copied from the private one; so was a whole clause of
#: it that is not shorter than the second. Smaller numbers than the third say nothing.
COPIED, CLAUSE, TELLING = 12, 6, 10
#: What something is called in letters and figures, from five signs on; standards are called so by everybody.
_CODE = re.compile(r"(?=[A-Z\d-]*[A-Z])(?=[A-Z\d-]*\d)(?<![A-Z\d])[A-Z\d][A-Z\d-]{3,}[A-Z\d](?![A-Z\d])", re.ASCII)
_STANDARD = ("GB", "JB", "HB", "QC", "ISO", "IATF", "IEC", "DIN", "ASTM", "EN")


@dataclass(frozen=True)
class Finding:
    """One place of the public half, why it gives something away, and whether it must go (else it is only told)."""

    text: str
    why: str
    blocks: bool = True


def findings(posting: Posting, private: PrivateHalf, firm: Firm) -> list[Finding]:
    """What to take out of the public half, in the order of weight."""
    public = posting.public_half
    found = [*_of_people(public), *_of_private(public, private), *_of_avoided(public), *_of_names(posting, firm)]
    return found if posting.named else [*found, *_of_size(posting, firm)]


def check(posting: Posting, private: PrivateHalf, firm: Firm) -> None:
    """Raises InputError that names the first place that must go."""
    for one in findings(posting, private, firm):
        if one.blocks:
            raise InputError(one.why, place=one.text, mend=_("请从公开说明中删去，或移到不公开部分"))


def _of_people(public: str) -> Iterator[Finding]:
    for one in contacts_in(public):
        yield Finding(one, _("公开说明里有联系方式"))


def _of_private(public: str, private: PrivateHalf) -> Iterator[Finding]:
    if one := _quantity(public, private.quantity):
        yield Finding(one, _("公开说明里有不公开的数量"))
    if one := _budget(public, private.budget):
        yield Finding(one, _("公开说明里有不公开的预算"))
    if one := _price(public, private.price):
        yield Finding(one, _("公开说明里有不公开的报价"))
    if one := _first(public, private.excludes):
        yield Finding(one, _("公开说明里有要回避的企业"))
    kept = re.sub(r"_\w{7}$", "", PurePath(private.drawing.name or "").stem)
    name = PurePath(private.drawing_name).stem if private.drawing_name else kept
    if len(name) > 2 and (one := where(public, name)):
        yield Finding(one, _("公开说明里有图纸的文件名"))
    if one := _common(public, private.text):
        yield Finding(one, _("公开说明与不公开说明有相同的文字"))
    elif one := _first(public, _codes(private.text)):
        yield Finding(one, _("不公开说明里也有这个型号或代号，请确认可以公开"), blocks=False)


def _first(public: str, words: Iterable[str]) -> str:
    """Where the public half says the first of *words* that it says."""
    return next((said for one in words if (said := where(public, one))), "")


def _codes(text: str) -> list[str]:
    """What *text* calls something in letters and figures, but for standards."""
    return [one for one in _CODE.findall(plain(text).upper().text) if not one.startswith(_STANDARD)]


def _quantity(public: str, quantity: str) -> str:
    """Where the public half says the quantity, whole or by its number."""
    if len(skeleton(quantity).text) > 1 and (said := where(public, quantity)):
        return said
    return _written(public, {one for one in values(plain(quantity).text) if one >= TELLING})


def _budget(public: str, budget: Decimal | None) -> str:
    """Where the public half says the budget."""
    return "" if budget is None else _money(public, {budget})


def _price(public: str, price: str) -> str:
    """Where the public half says what something costs, whole or by one of its amounts."""
    if len(skeleton(price).text) > 1 and (said := where(public, price)):
        return said
    written = plain(price).text
    return _money(public, {value for one in amounts(written) for value in values(one.text)} or values(written))


def _money(public: str, wanted: set[Decimal]) -> str:
    """Where the public half says one of *wanted*: as an amount, or as the bare number of yuan."""
    said = next((one.text for one in amounts(public) if one.value in wanted), "")
    return said or _written(public, {one for one in wanted if one >= TELLING})


def _written(public: str, wanted: set[Decimal]) -> str:
    """The first clause of *public* that says one of the numbers *wanted*, else where it is said in disguise."""
    plainly = (one.strip("，,。；; \n") for one in clauses(public) if values(one) & wanted)
    return next(plainly, "") or (said_numbers.written(public, wanted) if wanted else "")


def _common(public: str, private: str) -> str:
    """What of *private* stands in both: a run of :data:`COPIED` characters, or a clause; empty when there is none."""
    told, own = skeleton(public), skeleton(private).text
    whole = [skeleton(one).text for one in clauses(private)]
    runs = (own[at : at + COPIED] for at in range(len(own) - COPIED + 1))
    return next((said for one in (*whole, *runs) if len(one) >= CLAUSE and (said := told.find(one))), "")


def _of_avoided(public: str) -> Iterator[Finding]:
    """Whom not to introduce is told to nobody."""
    told = closed(public)
    for clause, _names in naming.avoided(told.text):
        yield Finding(told.find(clause), _("不与谁对接不要写在公开部分，人人看得到；请移到“回避的企业”"))


def _of_names(posting: Posting, firm: Firm) -> Iterator[Finding]:
    """Firms that are named: the poster's own, which it may have chosen to show, and others."""
    public = posting.public_half
    shut = closed(public)
    told = [(shut.find(one.text), one) for one in naming.named(shut.text)]
    own = _longest([*(text for text, one in told if one.name == firm.name), *_own(public, firm)])
    hidden = _("公开说明里有企业名称或代码，而您选择了不公开名称")
    why = _("公开说明里有本企业的名称或代码") if posting.named else hidden
    yield from (Finding(one, why, blocks=not posting.named) for one in own)
    others = {text: one.whole for text, one in told if one.name != firm.name}
    for one in _longest([text for text in others if not any(text in longer for longer in own)]):
        why = _("公开说明里点了其他企业的名，容易认出是谁")
        yield Finding(one, why, blocks=others[one] and not posting.named)


def _longest(texts: list[str]) -> list[str]:
    """*texts* but for those that stand inside another, the longest first."""
    kept = sorted(dict.fromkeys(texts), key=len, reverse=True)
    return [one for one in kept if not any(one != other and one in other for other in kept)]


def _own(public: str, firm: Firm) -> list[str]:
    written = (firm.name, identity.split(firm.name).trade_name, firm.uscc)
    return [said for one in written if len(one) > 1 and (said := where(public, one))]


def _of_size(posting: Posting, firm: Firm) -> Iterator[Finding]:
    """Segment, size and volume together name a chain leader where it has few like it; two of them may."""
    public = posting.public_half
    large, volume = size_words(closed(public).text), [one.text for one in (*amounts(public), *quantities(public))]
    alike = crowd.alike(posting.segment, firm) if posting.segment and (large or volume) else None
    if alike is not None and alike < LEAST:
        what = _("规模和用量") if large and volume else _("规模") if large else _("用量或金额")
        told = {"segment": posting.segment, "n": alike, "what": what}
        why = _("“{segment}”上与您规模相同的企业在库只有 {n} 家，写了{what}容易认出是谁", **told)
        yield Finding((*large, *volume)[0], why, blocks=bool(large and volume))
    elif large or volume:
        yield Finding((*large, *volume)[0], _("金额、规模和环节合在一起容易认出是哪家企业"), blocks=False)
