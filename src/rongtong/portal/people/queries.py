"""Reads of accounts and claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import OF_FIRMS, Claim, Contact, Grant, Role, User
from rongtong.portal.registry.current import ids_of, leading_to
from rongtong.portal.registry.queries import looked_after


def claims_to_check(user: User) -> QuerySet[Claim]:
    """The claims that *user* is to check."""
    found = Claim.objects.filter(state=Claim.State.WAITING).select_related("user")
    return looked_after(found, user)


def claimed(user: User) -> QuerySet[Grant]:
    """The authorisations in force of the firms that *user* looks after."""
    return looked_after(Grant.objects.in_force().filter(role__in=OF_FIRMS).select_related("user"), user)


def staff() -> QuerySet[Grant]:
    """The roles in force of everybody but firms' people."""
    return Grant.objects.in_force().exclude(role__in=OF_FIRMS).select_related("user")


def acting_for(firm: str) -> list[User]:
    """Everybody who acts for the firm of id *firm* today, under whichever id that leads to it."""
    held = Grant.objects.in_force().filter(role__in=OF_FIRMS, firm__in=ids_of(firm)).select_related("user")
    return list({one.user_id: one.user for one in held}.values())


@dataclass(frozen=True)
class Person:
    """Somebody of a firm to call."""

    name: str
    position: str
    phone: str


def to_call(firms: Collection[str]) -> dict[str, Person]:
    """Whom to call at each of *firms*: who acts for it, else whom the registry names first.

    Whoever shows the numbers asks ``people.view_contact`` of each firm.
    """
    now = leading_to(firms)
    held = Grant.objects.in_force().filter(role__in=OF_FIRMS, firm__in=now).select_related("user").order_by("-pk")
    acting = {now[one.firm]: Person(one.user.name, "", one.user.phone) for one in held}
    named = Contact.objects.filter(firm__in=now).order_by("-pk")
    return {now[one.firm]: Person(one.name, one.position, one.phone) for one in named} | acting


def waiting(user: User) -> Iterator[Waiting]:
    """For officers the claims that wait."""
    if user.acts_as(Role.DISTRICT_OFFICER, Role.CITY_OFFICER) and (n := claims_to_check(user).count()):
        yield Waiting(_("核验企业授权书"), _("{n} 份").format(n=n), reverse("people:claims"))
