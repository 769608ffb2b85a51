"""What a firm lacks for a verdict, who can supply it, and where the reader can do something about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.portal.filings import queries as filings
from rongtong.portal.people.models import User
from rongtong.portal.registry.models import Firm
from rongtong.portal.statements import matters
from rongtong.report import labels


@dataclass(frozen=True)
class Lack:
    """One missing fact: what it is called, whether it settles the verdict, how many points hang on it, who can say it;
    *url* is where the reader can do what *act* says, if anywhere.
    """

    label: str
    settles: bool
    points: float
    who: str
    url: str = ""
    act: str = ""


def lacks(user: User, firm: Firm, story: dict[str, Any], rulebook: str) -> list[Lack]:
    """What *story* says is missing, most wanted first."""
    own = set(filings.slots()) if user.has_perm("filings.file", firm) else set()
    return [_lack(user, firm, one, rulebook, own) for one in story["missing_detail"]]


def _lack(user: User, firm: Firm, one: dict[str, Any], rulebook: str, own: set[str]) -> Lack:
    slot = f"{one['field']}[{one['year']}]" if one["year"] else str(one["field"])
    label = labels.of_slot(slot) if one["year"] else worded(one["label"])
    url, act = next(_ways(user, firm, slot, rulebook, own), ("", ""))
    return Lack(label, one["settles"], one["points"], labels.settled_by(slot), url, act)


def _ways(user: User, firm: Firm, slot: str, rulebook: str, own: set[str]) -> Iterator[tuple[str, str]]:
    """What the reader can do about a missing fact, the best first."""
    field = slot.partition("[")[0].partition(".")[0]
    if slot in own:
        yield f"{reverse('filings:new', args=[firm.id])}?slot={slot}", _("现在补")
    if own and field == "titles":
        yield reverse("filings:new-title", args=[firm.id]), _("登记称号")
    matter = matters.of_name(slot)
    if matter and user.has_perm("statements.record", firm):
        url = reverse("statements:record", args=[firm.id, matter.slot])
        yield f"{url}?rulebook={rulebook}", _("记录核查结论")
    if catalogue()[field].none_from and user.has_perm("imports.upload"):
        yield reverse("imports:uploads"), _("导入部门复函")
