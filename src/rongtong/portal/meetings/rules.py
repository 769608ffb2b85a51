"""Who enters meetings and who sees them."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_city_officer, is_district_officer, is_secretariat, own_work

rules.add_perm("meetings.enter", is_district_officer | is_city_officer | is_secretariat)
rules.add_perm("meetings.view", (is_district_officer & own_work) | is_city_officer | is_secretariat)
