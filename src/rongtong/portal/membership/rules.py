"""Who applies: whoever acts for the firm. Who reviews and keeps the list: the secretariat."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_firm, is_secretariat, is_staff
from rongtong.portal.registry.rules import own_firm

rules.add_perm("membership.apply", is_firm & own_firm)
rules.add_perm("membership.view", (is_firm & own_firm) | is_secretariat)
rules.add_perm("membership.list", is_staff)
rules.add_perm("membership.review", is_secretariat)
