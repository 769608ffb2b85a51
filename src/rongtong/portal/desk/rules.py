"""Who has a workbench: everybody who is somebody here. Who publishes notices: the secretariat and the city."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_administrator, is_city_officer, is_firm, is_known, is_secretariat, is_staff

rules.add_perm("desk.view", is_firm | is_staff | is_administrator)
rules.add_perm("desk.publish", is_secretariat | is_city_officer)
rules.add_perm("desk.messages", is_known)
