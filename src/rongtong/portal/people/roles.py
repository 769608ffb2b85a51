"""Predicates on who somebody is, of which every capability's rules are composed."""

from __future__ import annotations

from typing import Any

from rules import Predicate

from rongtong.portal.people.models import Role, User


def has_role(*roles: str) -> Predicate:
    """A predicate: one of *roles* is in force for the person."""
    return Predicate(lambda user: isinstance(user, User) and user.acts_as(*roles), name="|".join(roles))


def _known(user: User) -> bool:
    return isinstance(user, User) and user.is_active


def _working(user: User) -> bool:
    return isinstance(user, User) and bool(user.grants_in_force)


def _made_it(user: User, subject: Any = None) -> bool:
    return subject is None or getattr(subject, "made_by", None) == user


#: Anybody who has a role today.
is_working = Predicate(_working, name="working")
#: Anybody with an account.
is_known = Predicate(_known, name="known")
is_firm = has_role(Role.FIRM)
is_large_firm = has_role(Role.LARGE_FIRM)
#: Acts for a firm of either size.
is_of_a_firm = is_firm | is_large_firm
is_district_officer = has_role(Role.DISTRICT_OFFICER)
is_district_reviewer = has_role(Role.DISTRICT_REVIEWER)
is_district = is_district_officer | is_district_reviewer
is_city_officer = has_role(Role.CITY_OFFICER)
is_secretariat = has_role(Role.SECRETARIAT)
is_administrator = has_role(Role.ADMINISTRATOR)
is_officer = is_district | is_city_officer
is_staff = is_officer | is_secretariat


def _others(user: User, subject: Any = None) -> bool:
    return subject is None or user not in {getattr(subject, "made_by", None), getattr(subject, "user", None)}


#: Somebody else made or asked for the subject: nobody decides about their own.
others_work = Predicate(_others, name="others_work")
#: The person made the subject.
own_work = Predicate(_made_it, name="own_work")
