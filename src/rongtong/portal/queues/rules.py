"""Who decides: officers in charge of the firm; a merge across districts is the city's."""

from __future__ import annotations

import rules
from rules import Predicate

from rongtong.portal.people.models import User
from rongtong.portal.people.roles import is_city_officer, is_officer, is_staff
from rongtong.portal.registry.models import Between
from rongtong.portal.registry.rules import officer_in_charge

rules.add_perm("queues.see", is_officer)
rules.add_perm("queues.decide", officer_in_charge)
#: Bounds hold for all districts, so that the city chooses them, which decides about all; the secretariat sees them.
rules.add_perm("queues.bounds", is_staff)
rules.add_perm("queues.set_bounds", is_city_officer)


def _of_both(user: User, subject: Between | None = None) -> bool:
    firms = [None] if subject is None else [subject.kept, subject.gone]
    return all(officer_in_charge.test(user, firm) for firm in firms)


#: Whose a row is that was written while two firms were one: whoever is in charge of both.
rules.add_perm("queues.divide", Predicate(_of_both, name="officer_in_charge_of_both"))
