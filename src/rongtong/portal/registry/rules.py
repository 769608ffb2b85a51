"""Predicates on whose firm it is, and who may see what of a firm; the door asks field by field.

A subject is a firm, or anything that has a ``firm``; its district is its own or that firm's. Without a subject a
predicate asks whether the person may at all.
"""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import User
from rongtong.portal.people.roles import is_city_officer, is_district, is_firm, is_staff
from rongtong.portal.registry.current import resolve
from rongtong.portal.registry.models import Firm


def firm_of(subject: Any) -> str:
    """The id of the firm that *subject* is or belongs to, followed through merges.

    Of many they are followed at once (:func:`~rongtong.portal.registry.queries.followed`), and known from then on.
    """
    if isinstance(subject, Firm):
        return subject.id
    if known := getattr(subject, "firm_now", ""):
        return str(known)
    return resolve(subject if isinstance(subject, str) else getattr(subject, "firm", "") or "")


def district_of(subject: Any) -> str:
    """The district of *subject*: its own, else that of its firm."""
    own = getattr(subject, "district", None)
    if own:
        return str(own)
    return Firm.objects.filter(id=firm_of(subject)).values_list("district", flat=True).first() or ""


def _own_firm(user: User, subject: Any = None) -> bool:
    return subject is None or firm_of(subject) in {firm_of(one) for one in user.firms}


def _own_district(user: User, subject: Any = None) -> bool:
    return subject is None or district_of(subject) in user.districts


#: The person acts for the firm.
own_firm = Predicate(_own_firm, name="own_firm")
#: The firm lies in a district that the person works for.
own_district = Predicate(_own_district, name="own_district")
#: An officer in charge of the subject: of its district, or of the whole city.
officer_in_charge = (is_district & own_district) | is_city_officer

#: Everything that is kept of the firm, whoever reported it.
rules.add_perm("registry.view_figures", (is_firm & own_firm) | officer_in_charge)
#: The firm's page with whatever the reader may see of it.
rules.add_perm("registry.view_file", (is_firm & own_firm) | is_staff)
