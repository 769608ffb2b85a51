"""Who decides: officers in charge of the firm; a merge across districts is the city's."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_officer
from rongtong.portal.registry.rules import officer_in_charge

rules.add_perm("queues.see", is_officer)
rules.add_perm("queues.decide", officer_in_charge)
