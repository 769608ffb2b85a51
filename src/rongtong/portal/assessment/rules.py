"""Who may see verdicts: officers of the firms in their charge, a firm its own. Who concludes: two of its district."""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import Role, User
from rongtong.portal.people.roles import (
    is_district,
    is_district_officer,
    is_district_reviewer,
    is_firm,
    is_officer,
    others_work,
    own_work,
)
from rongtong.portal.registry.rules import district_of, officer_in_charge, own_firm


def _there(role: str) -> Predicate:
    """A predicate: the person has *role* in the very district of the firm, not only in some other."""

    def holds(user: User, subject: Any = None) -> bool:
        if subject is None:
            return user.acts_as(role)
        return (role, district_of(subject)) in {(one.role, one.district) for one in user.grants_in_force}

    return Predicate(holds, name=f"{role}_there")


officer_there, reviewer_there = _there(Role.DISTRICT_OFFICER), _there(Role.DISTRICT_REVIEWER)

rules.add_perm("assessment.list", is_officer)
rules.add_perm("assessment.view", (is_firm & own_firm) | officer_in_charge)
rules.add_perm("assessment.draft", officer_in_charge)
rules.add_perm("assessment.propose", is_district_officer & officer_there)
rules.add_perm("assessment.withdraw", is_district_officer & officer_there & own_work)
rules.add_perm("assessment.conclusions", is_district)
#: Four eyes: nobody reviews what is their own.
rules.add_perm("assessment.review", is_district_reviewer & reviewer_there & others_work)
