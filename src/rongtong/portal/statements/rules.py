"""Who records: officers in charge of the firm. Who reads the record: they; what it comes to stands in the verdict."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_officer
from rongtong.portal.registry.rules import officer_in_charge

rules.add_perm("statements.list", is_officer)
rules.add_perm("statements.record", officer_in_charge)
