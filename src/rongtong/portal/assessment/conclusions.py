"""Reads of conclusions: a firm's last, those that wait for a reviewer, and whether their ground still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from rongtong.portal.assessment.models import Conclusion
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm


def last(firm: Firm, rulebook: str) -> Conclusion | None:
    """The last conclusion on *firm* that was not taken back."""
    found = Conclusion.objects.filter(firm__in=current.ids_of(firm.id), rulebook=rulebook).select_related(
        "made_by", "decided_by"
    )
    return found.exclude(state=Conclusion.State.WITHDRAWN).first()


def to_review(user: User) -> QuerySet[Conclusion]:
    """What waits for *user* as a reviewer, the longest waiting first."""
    charge = {one.district for one in user.grants_in_force if one.role == Role.DISTRICT_REVIEWER}
    firms = Firm.objects.filter(district__in=charge).values("id")
    found = Conclusion.objects.filter(state=Conclusion.State.WAITING, firm__in=firms).exclude(made_by=user)
    return found.select_related("made_by").order_by("made_at")


def returned(user: User) -> list[Conclusion]:
    """What was sent back to *user* and not proposed again."""
    found = Conclusion.objects.filter(made_by=user, state=Conclusion.State.RETURNED)
    newer = Conclusion.objects.exclude(state=Conclusion.State.WITHDRAWN)
    return [
        one for one in found if not newer.filter(firm=one.firm, rulebook=one.rulebook, made_at__gt=one.made_at).exists()
    ]


def waiting(user: User) -> Iterator[Waiting]:
    """For reviewers what is proposed, for officers what came back."""
    if n := to_review(user).count():
        yield Waiting(_("复核初审结论"), _("{n} 家").format(n=n), reverse("assessment:conclusions"))
    sent_back = returned(user)
    names = dict(Firm.objects.filter(id__in=[one.firm for one in sent_back]).values_list("id", "name"))
    for one in sent_back:
        url = reverse("assessment:story", args=[one.firm, one.rulebook])
        yield Waiting(_("初审结论被退回，请修改"), f"{names.get(one.firm, one.firm)}：{one.reason}", url)


def basis(story: dict[str, Any]) -> str:
    """The digest of what a story tells of a firm: its outcome, clauses, values and where these stand."""
    told = {name: story[name] for name in ("verdict", "score", "clauses")}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def basis_now(firm: Firm, rulebook: str) -> str:
    """The same of what is known of *firm* now."""
    return basis(current.story(rulebook, firm.id))


def signatures(conclusion: Conclusion | None, story: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Opinion, name and day of both, once confirmed and as long as the draft tells what they signed; else none."""
    if conclusion is None or conclusion.state != Conclusion.State.CONFIRMED or conclusion.basis != basis(story):
        return []
    assert conclusion.decided_at is not None  # noqa: S101 -- whatever is confirmed was decided
    said = f"{conclusion.said}。{conclusion.opinion}"
    return [
        (said, str(conclusion.made_by), localdate(conclusion.made_at).isoformat()),
        (_("同意"), str(conclusion.decided_by), localdate(conclusion.decided_at).isoformat()),
    ]
