"""Reads of filings, and what a firm has and lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.definitions.catalogue import Field, catalogue
from rongtong.i18n import joined
from rongtong.portal.days import today
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.filings.models import Filing
from rongtong.portal.people.models import Role, User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Consent, Firm
from rongtong.portal.registry.queries import looked_after
from rongtong.report import labels

#: Kinds of source that a firm can bring itself.
SOURCES = ("firm_form", "audit_report", "tax_return", "social_insurance", "patent_office", "award_document")


def slots() -> list[str]:
    """What a firm can state: scalars, of the last three years where they are yearly, and counts of lists.

    Not what only others may state of it, such as an examiner's judgement.
    """
    last = today().year - 1
    found: list[str] = []
    for field in catalogue().scalars:
        if field.id not in ("uscc", "name", "district") and sources_of(field):
            found += [f"{field.id}[{year}]" for year in (last, last - 1, last - 2)] if field.per_year else [field.id]
    for field in catalogue().lists:
        if field.id != "negative_records":
            found += [f"{field.id}.{subset.id}" for subset in field.subsets if subset.labels.get("count")]
    return found


def sources_of(field: Field) -> list[str]:
    """The kinds of source with which a firm can state *field*."""
    return [one for one in SOURCES if not field.only_from or one in field.only_from]


def to_check(user: User) -> QuerySet[Filing]:
    """The filings that wait for *user*'s confirmation."""
    found = Filing.objects.filter(state=Filing.State.WAITING).select_related("made_by").order_by("made_at")
    return looked_after(found, user)


def of_firm(firm: Firm) -> QuerySet[Filing]:
    """What a firm has filed."""
    return Filing.objects.filter(firm__in=current.ids_of(firm.id)).select_related("decided_by")


def evidenced(firm: Firm) -> dict[str, str]:
    """By slot what the document attached to the latest confirmed filing shows: the value, the page, the seal."""
    found: dict[str, str] = {}
    for one in of_firm(firm).filter(state=Filing.State.CONFIRMED).exclude(document="").order_by("decided_at"):
        page = _("第 {n} 页").format(n=one.page) if one.page else ""
        seal = _("公章已核") if one.seal_seen else ""
        proof = joined((part for part in (Path(one.document.name or "").name, page, seal) if part), "，")
        found[one.slot] = f"{labels.of_slot(one.slot)}：{one.told}（{proof}）"
    return found


def lacks(user: User, firm: Firm) -> list[dict[str, Any]]:
    """What the rulebooks still want of a firm, each fact once, with the rulebooks that want it."""
    wanted: dict[str, dict[str, Any]] = {}
    own = set(slots())
    for rulebook in settings.RULEBOOKS:
        for one in door.verdict(user, firm, rulebook)["missing_detail"]:
            key = f"{one['field']}[{one['year']}]" if one["year"] else one["field"]
            supplied = {"by_title": one["field"].partition(".")[0] == "titles", "by_firm": key in own}
            wanted.setdefault(key, one | supplied | {"slot": key, "rulebooks": []})["rulebooks"].append(rulebook)
    return list(wanted.values())


def shared(firm: Firm) -> set[str]:
    """The fields that a firm lets the secretariat see."""
    held = Consent.objects.filter(firm__in=current.ids_of(firm.id), withdrawn_at=None)
    return set(held.values_list("field", flat=True))


def waiting(user: User) -> Iterator[Waiting]:
    """For officers what firms have filed; for a firm what came back."""
    if user.acts_as(Role.DISTRICT_OFFICER, Role.CITY_OFFICER) and (n := to_check(user).count()):
        yield Waiting(_("确认企业填报"), _("{n} 条").format(n=n), reverse("filings:check"))
    by_firm: dict[str, list[Filing]] = defaultdict(list)
    for one in Filing.objects.filter(firm__in=user.firms, state=Filing.State.RETURNED):
        by_firm[one.firm].append(one)
    for firm, returned in by_firm.items():
        told = joined(labels.of_slot(one.slot) for one in returned[:3])
        yield Waiting(_("填报被退回，请修改"), told, reverse("filings:mine", args=[firm]))
