"""Reads of firms that show no figure: which firm an id leads to, names, districts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry.current import leading_from, resolve
from rongtong.portal.registry.models import Firm


class AboutFirm(Protocol):
    """Whatever names the firm that it is about."""

    @property
    def firm(self) -> str:
        """The id of the firm, as it was given at any time."""


M = TypeVar("M", bound=Model)
A = TypeVar("A", bound=AboutFirm)


def own_firms(user: User) -> QuerySet[Firm]:
    """The firms that *user* acts for, by their names."""
    return Firm.objects.filter(id__in=user.firms).order_by("name")


def firm_or_404(firm: str) -> Firm:
    """The firm that *firm* leads to. Raises Http404."""
    found = _now(firm)
    if found is None:
        raise Http404
    return found


def firm_now(firm: str) -> Firm:
    """The firm that *firm* leads to. Raises InputError when there is none any more."""
    found = _now(firm)
    if found is None:
        raise InputError(_("企业库里已经没有这家企业"), place=firm, mend=_("它的数据可能已被撤销，请核对导入记录"))
    return found


def name_now(firm: str) -> str:
    """What the firm that *firm* leads to is called; its id when there is none any more."""
    found = _now(firm)
    return found.name if found else firm


def _now(firm: str) -> Firm | None:
    return Firm.objects.filter(id=resolve(firm)).first()


def by_id(ids: Iterable[str]) -> dict[str, Firm]:
    """The firm that each of *ids*, given at any time, leads to now."""
    found: dict[str, Firm] = Firm.objects.in_bulk(set(ids))
    absorbed = leading_from(set(ids) - found.keys())
    survivors = Firm.objects.in_bulk(set(absorbed.values()))
    return found | {one: survivors[now] for one, now in absorbed.items() if now in survivors}


def beside(near: Iterable[Mapping[str, Any]] | None, firms: Mapping[str, Firm]) -> list[dict[str, Any]]:
    """The firms *near* to a row of a list (:data:`rongtong.lists.MATCHES`), each with what is known of it."""
    return [{**one, "firm": firms[one["firm"]]} for one in near or () if one["firm"] in firms]


def followed(found: Iterable[A]) -> list[A]:
    """*found* with the firms that they are about followed through merges, all at once."""
    held = list(found)
    firms = by_id({one.firm for one in held})
    for one in held:
        vars(one)["firm_now"] = firms[one.firm].id if one.firm in firms else one.firm
    return held


def with_firms(found: Iterable[A]) -> list[tuple[A, Firm]]:
    """Each of *found* beside the firm that it is about, as that is now; what is about none any more is left out."""
    held = list(found)
    firms = by_id({one.firm for one in held})
    return [(one, firms[one.firm]) for one in held if one.firm in firms]


def about(firms: QuerySet[Firm], found: QuerySet[Any], column: str = "firm") -> Q:
    """Which rows of *found* name in *column* one of *firms*: by its id, or by an id of before a merge."""
    gone = found.order_by().exclude(**{f"{column}__in": Firm.objects.values("id")})
    now = by_id(gone.values_list(column, flat=True).distinct())
    wanted = set(firms.filter(id__in=[one.id for one in now.values()]).values_list("id", flat=True)) if now else set()
    absorbed = [old for old, firm in now.items() if firm.id in wanted]
    return Q(**{f"{column}__in": firms.values("id")}) | Q(**{f"{column}__in": absorbed})


def charge(user: User) -> list[str] | None:
    """The districts whose firms *user* is in charge of; None where that is all of them, told or not."""
    return None if user.acts_as(Role.CITY_OFFICER) else sorted(user.districts)


def looked_after(found: QuerySet[M], user: User) -> QuerySet[M]:
    """Those rows of *found*, each about a ``firm``, whose firm *user* is in charge of."""
    own = charge(user)
    return found if own is None else found.filter(about(Firm.objects.filter(district__in=own), found))


def districts() -> list[str]:
    """The districts that firms lie in."""
    return sorted(Firm.objects.exclude(district="").values_list("district", flat=True).distinct())
