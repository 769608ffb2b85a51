"""A need of the sample's large firm, and the people around it, for the tests of postings and introductions."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from rongtong.portal.days import today
from rongtong.portal.introductions.models import Introduction, Message
from rongtong.portal.meetings.models import Meeting
from rongtong.portal.people.models import Capacity, Grant, Role, User
from rongtong.portal.postings import operations
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.registry.models import Firm

PUBLIC: dict[str, Any] = {
    "kind": "parts", "title": "高压共轨喷油器用精密阀座", "text": "材料为轴承钢，密封面粗糙度 Ra0.2 以内，需可试制。",
}  # fmt: skip  # read by rows
PRIVATE: dict[str, Any] = {"text": "用于新一代国六柴油机平台", "quantity": "12000 件/年", "budget": Decimal(3600000)}
POINTS = {"advantage": 4, "clarity": 3, "cooperation": 4, "compliance": 5}


def buyers() -> tuple[User, User, Firm]:
    """The large firm's purchasing, its R&D, and the firm."""
    held = {one.capacity: one for one in Grant.objects.filter(role=Role.LARGE_FIRM).select_related("user")}
    purchasing, research = held[Capacity.PURCHASING], held[Capacity.RESEARCH]
    return purchasing.user, research.user, Firm.objects.get(id=purchasing.firm)


def draft(by: User, firm: Firm, **public: Any) -> Posting:
    """A need as a draft."""
    expires = today() + datetime.timedelta(days=90)
    given = PUBLIC | {"expires_on": expires} | public
    return operations.post(actor=by, firm=firm, side="need", public=given, private=PRIVATE)


def open_need(by: User, firm: Firm, reviewer: User, **public: Any) -> Posting:
    """A need that has been confirmed, reviewed and is open."""
    made = draft(by, firm, **public)
    for transition in ("hand_in", "confirm"):
        made = operations.move(actor=by, posting=made, transition=transition)
    return operations.review(actor=reviewer, posting=made, points=POINTS)


def introduced(person, own_firm: Firm, far_firm: Firm) -> dict[tuple[str, str], int]:
    """The large firm's need with the sample owner's firm introduced to it; strangers to all but the city."""
    large = person(Role.LARGE_FIRM)
    found: dict[tuple[str, str], int] = {}
    for name, firm, need_of, by in (
        ("own", own_firm, next(iter(large.firms)), large),
        ("other", far_firm, far_firm.id, person(Role.CITY_OFFICER)),
    ):
        need = _posting(need_of, by, state="open")
        made = Introduction.objects.create(need=need, firm=firm.id, origin="officer", state="talking", made_by=by)
        talk = Message.objects.create(
            introduction=made, side="buyer", text="…", by=by, attachment=ContentFile(b"%PDF-1.4", "x.pdf")
        )
        found |= {("introductions", name): made.pk, ("need", name): need.pk, ("message", name): talk.pk}
    return found


def met(person) -> dict[tuple[str, str], int]:
    """A meeting for each object."""
    by = {"own": person(Role.DISTRICT_OFFICER), "other": person(Role.CITY_OFFICER)}
    return {
        ("meetings", name): Meeting.objects.create(title="专场", file="x.csv", name="x.csv", made_by=one).pk
        for name, one in by.items()
    }


def _posting(firm: str, by: User, *, state: str) -> Posting:
    made = Posting.objects.create(
        side="need", firm=firm, kind="parts", title="阀座", state=state, expires_on=today(), made_by=by
    )
    PrivateHalf.objects.create(posting=made, quantity="9 件", drawing=ContentFile(b"%PDF-1.4", "x.pdf"))
    return made
