"""Who files: whoever acts for the firm. Who confirms: officers in charge of it, never of their own filing."""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import Capacity, User
from rongtong.portal.people.roles import is_firm, others_work
from rongtong.portal.registry.rules import firm_of, officer_in_charge, own_firm


def _for_the_firm(user: User, subject: Any = None) -> bool:
    held = [one for one in user.grants_in_force if one.capacity == Capacity.LEGAL_REPRESENTATIVE]
    return bool(held) and (subject is None or firm_of(subject) in {firm_of(one) for one in held})


#: The legal representative of the firm: consent is the firm's own, not its agent's.
speaks_for_firm = Predicate(_for_the_firm, name="speaks_for_firm")

rules.add_perm("filings.file", is_firm & own_firm)
rules.add_perm("filings.view", (is_firm & own_firm) | officer_in_charge)
rules.add_perm("filings.check", officer_in_charge)
rules.add_perm("filings.decide", officer_in_charge & others_work)
rules.add_perm("filings.consent", is_firm & own_firm & speaks_for_firm)
