"""Who chases: officers in charge of the firm; a firm reads its own reminders."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_firm, is_officer
from rongtong.portal.registry.rules import officer_in_charge, own_firm

rules.add_perm("titles.list", is_officer)
rules.add_perm("titles.chase", officer_in_charge)
rules.add_perm("titles.view", (is_firm & own_firm) | officer_in_charge)
