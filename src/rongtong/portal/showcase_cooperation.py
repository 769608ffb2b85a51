"""The sample alliance's needs, offers and introductions in every state, made by the operations that people use."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import count, cycle, zip_longest
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from rongtong import yaml12
from rongtong.portal.days import on, today
from rongtong.portal.desk import operations as desk
from rongtong.portal.introductions import finding
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.suggesting import MOST, suggest
from rongtong.portal.meetings import operations as meetings
from rongtong.portal.people.models import Capacity, Grant, Role, User
from rongtong.portal.postings import operations as postings
from rongtong.portal.postings.models import Posting, flow
from rongtong.portal.registry.models import Firm
from rongtong.portal.showcase import OWNER, grant
from rongtong.workflows.scoring import sheet

LASTS = datetime.timedelta(days=150)
#: The suppliers' people; nobody's numbers.
PHONES = 13_910_000_000


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("rongtong.sample") / "data" / "cooperation.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml12.load(text)
    return found


def cooperation() -> dict[str, int]:
    """Make them once; how many ``needs``, ``offers``, ``introductions`` there are now."""
    if not Posting.objects.exists():
        needs = [_need(one) for one in _data()["needs"]]
        _offers()
        finding.find(finding.waiting())
        for way, found in zip(_data()["ways"], _found(needs), strict=False):
            _walk(way, found)
        _walk(_data()["owner"], _for_the_owner(needs))
        _meet(_data()["meeting"], needs)
        _notify()
    return {
        "needs": Posting.objects.filter(side=Posting.Side.NEED).count(),
        "offers": Posting.objects.filter(side=Posting.Side.OFFER).count(),
        "introductions": Introduction.objects.count(),
    }


def _notify() -> None:
    """The notices of the last days, by the secretariat."""
    for one in _data()["notices"]:
        until = today() + datetime.timedelta(days=one["until"]) if "until" in one else None
        with on(today() - datetime.timedelta(days=one["posted"])):
            desk.publish(actor=_person(Role.SECRETARIAT), title=one["title"], body=one["body"], until=until)


class Found(NamedTuple):
    """A firm for a need, who thought of it, and why."""

    need: Posting
    firm: Firm
    origin: str
    reasons: list[dict[str, str]]


def _found(needs: list[Posting]) -> Iterator[Found]:
    """What the engine suggests for each need, turn by turn; then firms that an officer thinks of."""
    engine, officer = Introduction.Origin.ENGINE, Introduction.Origin.OFFICER
    suggested = [[Found(need, one.firm, engine, one.as_data()) for one in suggest(need)[:MOST]] for need in needs]
    for turn in zip_longest(*suggested):
        yield from (one for one in turn if one is not None)
    known = {one.firm.id for found in suggested for one in found} | {need.firm for need in needs}
    others = Firm.objects.exclude(id__in=known).exclude(uscc="").order_by("n")
    yield from (Found(need, firm, officer, []) for need, firm in zip(cycle(needs), others, strict=False))


def _for_the_owner(needs: list[Posting]) -> Found:
    """The sample owner's firm for a need that it has not met yet."""
    firm = Firm.objects.get(id=Grant.objects.get(user__phone=OWNER[0]).firm)
    need = next(one for one in needs if not one.introductions.filter(firm=firm.id).exists())
    return Found(need, firm, Introduction.Origin.OFFICER, [])


def _meet(told: Mapping[str, Any], needs: list[Posting]) -> None:
    """Enter a meeting of firms that are in no introduction; its sheet is read in the background."""
    known = {*Introduction.objects.values_list("firm", flat=True), *Posting.objects.values_list("firm", flat=True)}
    firms = Firm.objects.exclude(id__in=known).exclude(uscc="").order_by("n").values_list("name", flat=True)
    rows = [*zip(firms, told["rows"], strict=False), (told["outside"]["name"], told["outside"]["row"])]
    lines = [told["headings"], *([n, name, needs[row[0]].pk, *row[1:]] for n, (name, row) in enumerate(rows, 1))]
    sheet = "\n".join(",".join(map(str, line)) for line in lines)
    meetings.enter(
        actor=_person(Role.SECRETARIAT), title=told["title"], place=told["place"], on=_ago(told["held"]),
        needs=[needs[at] for at in sorted({row[0] for _name, row in rows})],
        file=SimpleUploadedFile(f"{told['title']}签到表.csv", sheet.encode()),
    )  # fmt: skip  # read by rows


def _need(one: Mapping[str, Any]) -> Posting:
    held = _large(Capacity.RESEARCH if one["public"]["kind"] == "research" else Capacity.PURCHASING)
    private = one["private"] | {"budget": Decimal(one["private"]["budget"])}
    with on(_ago(one["posted"])):
        return _published(held.user, held.firm, Posting.Side.NEED, one["public"], private)


def _offers() -> None:
    firms = Firm.objects.exclude(id=_large(Capacity.PURCHASING).firm).exclude(uscc="").order_by("n")
    for one, firm in zip(_data()["offers"], firms, strict=False):
        _published(_of_firm(firm), firm.id, Posting.Side.OFFER, one | {"visibility": "public"}, {})


def _published(by: User, firm: str, side: str, public: Mapping[str, Any], private: Mapping[str, Any]) -> Posting:
    given = dict(public) | {"expires_on": today() + LASTS}
    made = postings.post(actor=by, firm=Firm.objects.get(id=firm), side=side, public=given, private=private)
    made = postings.hand_in(actor=by, posting=made)
    if "confirm" in {one.id for one in flow().ways(made.state, frozenset({"confirmer"}))}:
        made = postings.move(actor=by, posting=made, transition="confirm")
    points = {one.id: 4 for one in sheet("posting").criteria}
    return postings.review(actor=_person(Role.SECRETARIAT), posting=made, points=points)


def _walk(way: Mapping[str, Any], found: Found) -> None:
    """Recommend a firm for a need and go the *way*: side, transition, and its reason or terms, day by day."""
    with on(_ago(way["began"])):
        made = introductions.recommend(actor=_person(Role.SECRETARIAT), **found._asdict())
    for n, (side, *step) in enumerate(way["steps"], 1):
        with on(min(_ago(way["began"] - n * way["every"]), today())):
            made = _step(found, made, side, *step)


def _step(found: Found, made: Introduction, side: str, transition: str, told: Any = ()) -> Introduction:
    by = found.need.made_by if side == "buyer" else _of_firm(found.firm)
    given = {"reason": told} if isinstance(told, str) else {"terms": dict(told) | {"day": _signed(made).isoformat()}}
    return introductions.move(actor=by, introduction=made, transition=transition, **given)


def _signed(made: Introduction) -> datetime.date:
    """The day that both say: that on which the first of them said it."""
    first = made.answers.exclude(transition="agree").first()
    return first.on if first else today()


def _ago(days: int) -> datetime.date:
    return today() - datetime.timedelta(days=days)


def _large(capacity: str) -> Grant:
    return Grant.objects.select_related("user").get(role=Role.LARGE_FIRM, capacity=capacity)


def _person(role: str) -> User:
    return User.objects.get(pk=Grant.objects.filter(role=role).values_list("user", flat=True)[0])


def _of_firm(firm: Firm) -> User:
    """Whoever acts for *firm*; somebody is made who does when nobody does yet."""
    held = Grant.objects.in_force().filter(role=Role.FIRM, firm=firm.id).select_related("user").first()
    if held is not None:
        return held.user
    phone = next(str(n) for n in count(PHONES + 1) if not User.objects.filter(phone=str(n)).exists())
    acts = {"role": Role.FIRM, "firm": firm.id, "capacity": Capacity.LEGAL_REPRESENTATIVE}
    return grant(phone, "企业联系人", **acts).user
