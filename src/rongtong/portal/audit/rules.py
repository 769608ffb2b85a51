"""Who may read the trail: the administrator and the secretariat; nobody may change it."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_administrator, is_secretariat

rules.add_perm("audit.read", is_administrator | is_secretariat)
