"""Who may see verdicts: officers of the firms in their charge, a firm its own."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_firm, is_officer
from rongtong.portal.registry.rules import officer_in_charge, own_firm

rules.add_perm("assessment.list", is_officer)
rules.add_perm("assessment.view", (is_firm & own_firm) | officer_in_charge)
rules.add_perm("assessment.draft", officer_in_charge)
