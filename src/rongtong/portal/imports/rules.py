"""Who may bring workbooks in: officers and the secretariat; an upload is seen by whoever made it and its district."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_city_officer, is_district, is_staff, own_work
from rongtong.portal.registry.rules import own_district

rules.add_perm("imports.upload", is_staff)
rules.add_perm("imports.view", is_staff & (own_work | is_city_officer | (is_district & own_district)))
rules.add_perm("imports.change", is_staff & (own_work | is_city_officer | (is_district & own_district)))
