"""Reads of accounts and claims."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import Claim, Grant, Role, User
from rongtong.portal.registry.models import Firm


def claims_to_check(user: User) -> QuerySet[Claim]:
    """The claims that *user* is to check."""
    found = Claim.objects.filter(state=Claim.State.WAITING).select_related("user")
    if user.acts_as(Role.CITY_OFFICER):
        return found
    return found.filter(firm__in=Firm.objects.filter(district__in=user.districts).values("id"))


def staff() -> QuerySet[Grant]:
    """The roles in force of everybody but firms' people."""
    return Grant.objects.in_force().exclude(role=Role.FIRM).select_related("user")


def waiting(user: User) -> Iterator[Waiting]:
    """For officers the claims that wait."""
    if user.acts_as(Role.DISTRICT_OFFICER, Role.CITY_OFFICER) and (n := claims_to_check(user).count()):
        yield Waiting(_("核验企业授权书"), _("{n} 份").format(n=n), reverse("people:claims"))
