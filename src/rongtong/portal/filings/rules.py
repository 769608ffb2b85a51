"""Who files: whoever acts for the firm. Who confirms: officers in charge of it, never of their own filing."""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import User
from rongtong.portal.people.roles import is_firm
from rongtong.portal.registry.rules import officer_in_charge, own_firm


def _made_by_another(user: User, subject: Any = None) -> bool:
    return subject is None or subject.made_by_id != user.pk


rules.add_perm("filings.file", is_firm & own_firm)
rules.add_perm("filings.view", (is_firm & own_firm) | officer_in_charge)
rules.add_perm("filings.check", officer_in_charge)
rules.add_perm("filings.decide", officer_in_charge & Predicate(_made_by_another, name="made_by_another"))
rules.add_perm("filings.consent", is_firm & own_firm)
