"""Who writes rulebooks: officers for their district or the city, and the secretariat. Who tries them: officers.

A trial tells of firms what its conditions ask, whatever they are; so it is for those who may see the figures, and
tells each of the firms in their charge alone. Whoever may read a draft may copy it; only its author changes it.
"""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import (
    is_city_officer,
    is_district_officer,
    is_officer,
    is_secretariat,
    is_staff,
    own_work,
)
from rongtong.portal.registry.rules import officer_in_charge

_writes = is_district_officer | is_city_officer | is_secretariat

rules.add_perm("authoring.list", is_staff)
rules.add_perm("authoring.write", _writes)
rules.add_perm("authoring.view", officer_in_charge | (is_secretariat & own_work))
rules.add_perm("authoring.edit", _writes & own_work)
rules.add_perm("authoring.try", is_officer & officer_in_charge)
