"""The sample alliance's people: one for each role, who sign in with the codes that the demonstration shows."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

import numpy as np

from rongtong.definitions.days import months_after
from rongtong.portal.days import today
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import Capacity, Contact, Grant, Role, User
from rongtong.portal.registry.models import Firm
from rongtong.sample.people import CONTACTS

DISTRICT = "崂山区"
PEOPLE = (
    ("13800000001", "王敏", Role.DISTRICT_OFFICER, DISTRICT),
    ("13800000002", "李洁", Role.DISTRICT_REVIEWER, DISTRICT),
    ("13800000003", "陈涛", Role.CITY_OFFICER, ""),
    ("13800000004", "赵宁", Role.SECRETARIAT, ""),
    ("13800000005", "孙磊", Role.ADMINISTRATOR, ""),
)
OWNER = ("13800000006", "张昇")
SEED = 2022
POSITIONS = ("财务", "办公室", "总经理助理", "项目申报")
#: For so many months everybody has been here.
MONTHS = 12
#: The large firm's people: purchasing and R&D of one firm of another district than the owner's.
LARGE_FIRM = (("13800000007", "周喆", Capacity.PURCHASING), ("13800000008", "吴珺", Capacity.RESEARCH))


def people() -> list[Grant]:
    """Make the sample's people who are not there yet; their grants."""
    made = [grant(phone, name, role=role, district=district) for phone, name, role, district in PEOPLE]
    firm = Firm.objects.filter(district=DISTRICT).exclude(uscc="").order_by("n").first()
    if firm is not None:
        capacity = Capacity.LEGAL_REPRESENTATIVE
        made.append(grant(*OWNER, role=Role.FIRM, firm=firm.id, capacity=capacity))
    large = Firm.objects.exclude(district__in=["", DISTRICT]).exclude(uscc="").order_by("n").last()
    if large is not None:
        made += [grant(*one, role=Role.LARGE_FIRM, firm=large.id, capacity=capacity) for *one, capacity in LARGE_FIRM]
    return made


def members(codes: Collection[str], since: datetime.date) -> int:
    """Make the firms with those credit codes members, but for the sample owner's, who has yet to apply; how many."""
    held = set(Member.objects.values_list("firm", flat=True)) | set(
        Grant.objects.filter(role=Role.FIRM).values_list("firm", flat=True)
    )
    firms = Firm.objects.filter(uscc__in=codes).exclude(id__in=held).order_by("id")
    return len(Member.objects.bulk_create(Member(firm=firm.id, since=since) for firm in firms))


def contacts() -> int:
    """Somebody to call at five firms of six, invented as all the sample's people are; how many are new."""
    firms = [one for one in Firm.objects.order_by("n") if one.n % 6 and one.name]
    numbers, chance = np.arange(len(firms)), np.random.default_rng(SEED)
    told = zip(firms, *(CONTACTS[style](numbers, chance) for style in ("联系人", "手机")), strict=True)
    held = set(Contact.objects.values_list("firm", flat=True))
    made = [
        Contact(firm=firm.id, name=name, position=POSITIONS[firm.n % len(POSITIONS)], phone=phone, date=today())
        for firm, name, phone in told
        if firm.id not in held
    ]
    return len(Contact.objects.bulk_create(made))


def grant(phone: str, name: str, **what: Any) -> Grant:
    """A role for whoever has the telephone; both are made where they are not there yet."""
    user = User.objects.filter(phone=phone).first() or User.objects.create_user(phone, name=name)
    since = months_after(today(), -MONTHS)
    return Grant.objects.get_or_create(user=user, **what, defaults={"valid_from": since})[0]
