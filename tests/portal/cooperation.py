"""A need of the sample's large firm, and the people around it, for the tests of postings and introductions."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from rongtong.portal.days import today
from rongtong.portal.people.models import Capacity, Grant, Role, User
from rongtong.portal.postings import operations
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry.models import Firm

PUBLIC: dict[str, Any] = {
    "kind": "parts", "title": "高压共轨喷油器用精密阀座", "text": "材料为轴承钢，密封面粗糙度 Ra0.2 以内，需可试制。",
}  # fmt: skip
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
