"""Who may manage accounts, check authorisations and see contacts."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_administrator, is_firm, is_known, others_work
from rongtong.portal.registry.rules import officer_in_charge, own_firm

rules.add_perm("people.claim", is_known)
rules.add_perm("people.manage", is_administrator)
rules.add_perm("people.check_claim", officer_in_charge & others_work)
rules.add_perm("people.revoke_claimed", officer_in_charge & others_work)
rules.add_perm("people.view_contact", (is_firm & own_firm) | officer_in_charge)
rules.add_perm("people.remove_contact", (is_firm & own_firm) | officer_in_charge)
