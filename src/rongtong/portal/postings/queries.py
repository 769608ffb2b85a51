"""Reads of postings: the halls, one's own, what waits, what says the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongtong.definitions.wording import worded
from rongtong.match.grams import likeness, pairs
from rongtong.portal.days import today
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.people.models import OF_FIRMS, User
from rongtong.portal.people.roles import is_of_a_firm
from rongtong.portal.postings.models import Posting, PrivateHalf, flow
from rongtong.portal.postings.rules import of_the_alliance, parties
from rongtong.portal.postings.spoken import asked
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.queries import by_id

#: A posting that runs out within so many days wants an answer: renew it, or say that it is solved.
SOON = datetime.timedelta(days=14)
#: From so much likeness on two say the same, or are similar.
SAME, SIMILAR = 0.6, 0.3


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in a hall ("" is any)."""

    text: str = ""
    kind: str = ""
    segment: str = ""
    region: str = ""


@dataclass(frozen=True)
class Choices:
    """What the filters of a hall offer: what the postings in it say."""

    kinds: list[str]
    segments: list[str]
    regions: list[str]


def hall(user: Any, side: str) -> QuerySet[Posting]:
    """What *user* (anybody) finds in a hall, newest first, each with whether something of it is withheld."""
    shown = Q(visibility=Posting.Visibility.PUBLIC)
    if of_the_alliance(user):
        shown |= Q(visibility=Posting.Visibility.ALLIANCE)
    if is_of_a_firm(user):
        to_us = Posting.objects.filter(introductions__firm__in=user.firms).values("pk")
        shown |= Q(visibility=Posting.Visibility.INVITED, pk__in=to_us)
    there = Posting.objects.standing().filter(shown, side=side)
    return there.annotate(withheld=_withheld())


def shown_to(user: User, side: str) -> QuerySet[Posting]:
    """The open postings that *user* may see: whoever reviews them all, others what they find in the hall."""
    open_ = Posting.objects.filter(side=side, state__in=flow().of_kind["open"])
    return open_ if user.has_perm("postings.review") else open_.filter(pk__in=hall(user, side).values("pk"))


def _withheld() -> Exists:
    nothing = {"text": "", "quantity": "", "budget__isnull": True, "price": "", "drawing": ""}
    return Exists(PrivateHalf.objects.filter(posting=OuterRef("pk")).exclude(**nothing))


def withholds(posting: Posting) -> bool:
    """Whether something of *posting* is private."""
    return Posting.objects.filter(_withheld(), pk=posting.pk).exists()


def found(postings: QuerySet[Posting], sought: Sought) -> QuerySet[Posting]:
    """Those of *postings* that answer to *sought*."""
    for word in asked(sought.text):
        postings = postings.filter(found_by__contains=word)
    exact = {"kind": sought.kind, "segment": sought.segment}
    postings = postings.filter(**{name: value for name, value in exact.items() if value})
    if not sought.region:
        return postings
    told = postings.values_list("pk", "regions")
    return postings.filter(pk__in=[pk for pk, regions in told if not regions or sought.region in regions])


def choices(postings: QuerySet[Posting]) -> Choices:
    """What can be chosen among *postings*."""
    rows = list(postings.values_list("kind", "segment", "regions"))
    return Choices(
        sorted({kind for kind, _segment, _regions in rows}),
        sorted({segment for _kind, segment, _regions in rows} - {""}),
        sorted({str(one) for _kind, _segment, regions in rows for one in regions}),
    )


def named(postings: list[Posting]) -> dict[int, Firm]:
    """The firms of those of *postings* that show their name, by the posting's number."""
    open_ = [one for one in postings if one.named]
    firms = by_id(one.firm for one in open_)
    return {one.pk: firms[one.firm] for one in open_ if one.firm in firms}


def mine(user: User) -> list[Posting]:
    """The postings of *user*'s firms that *user* may read as one of the firm, the latest first."""
    rows = Posting.objects.filter(firm__in=user.firms).select_related("made_by")
    return [one for one in rows if one.made_by_id == user.pk or user.has_perm("postings.view_private", one)]


def reviewing(user: User) -> list[Posting]:
    """What *user* is to score, the longest waiting first."""
    rows = Posting.objects.filter(state__in=flow().of_kind["scored"]).select_related("made_by").order_by("since", "pk")
    return [one for one in rows if "reviewer" in parties(user, one)]


def like(title: str, products: list[str], among: Iterable[Posting], least: float) -> list[Posting]:
    """The postings *among* that are at least so much like one with *title* and *products*, the likest first."""
    own = pairs(" ".join([title, *products]))
    judged = [(likeness(own, pairs(" ".join([one.title, *one.products]))), one) for one in among] if own else []
    return [one for much, one in sorted(judged, key=lambda pair: -pair[0]) if much >= least][:5]


def duplicates(user: User, side: str, title: str, products: list[str], *, but: int | None = None) -> list[Posting]:
    """Open postings, one's own on their way too, that say the same and that *user* may see."""
    own = [one.pk for one in mine(user) if not one.stands.end]
    seen = hall(user, side).values("pk")
    among = Posting.objects.filter(Q(pk__in=seen) | Q(pk__in=own), side=side).exclude(pk=but or 0)
    return like(title, products, among, SAME)


def solved(user: User, title: str, products: list[str]) -> list[Posting]:
    """Needs of the past that were like it and are solved, of those that everybody here could see."""
    shown = (Posting.Visibility.PUBLIC, Posting.Visibility.ALLIANCE)
    past = Posting.objects.filter(Q(visibility__in=shown) | Q(firm__in=user.firms), side=Posting.Side.NEED)
    past = past.filter(state__in=flow().of_kind["met"])
    return like(title, products, past, SIMILAR)


def solvers(user: User, need: Posting) -> list[Firm]:
    """Who solved a need, as far as *user* may know: of one's own need, or by an offer that shows its name."""
    won = need.introductions.won().select_related("offer")
    ours = parties(user, need) & {"author", "confirmer"}
    known = [one.firm for one in won if ours or _shows_its_name(user, one.offer)]
    return list(by_id(known).values())


def _shows_its_name(user: User, offer: Posting | None) -> bool:
    return offer is not None and offer.named and user.has_perm("postings.view", offer)


def running_out() -> QuerySet[Posting]:
    """What is open and runs out soon."""
    return Posting.objects.standing().filter(expires_on__lte=today() + SOON)


def waiting(user: User) -> Iterator[Waiting]:
    """For the firm what to confirm, mend or renew; for the secretariat and the city what to review."""
    if user.acts_as(*OF_FIRMS):
        for one in Posting.objects.filter(firm__in=user.firms, state__in=_left()):
            if told := _told(user, one):
                yield told
    if user.has_perm("postings.review"):
        asking = [one.id for one in flow().states if one.asks and "reviewer" in one.call]
        for one in Posting.objects.filter(state__in=asking).order_by("since", "pk"):
            if "reviewer" in parties(user, one):
                yield _asked(one)


def _left() -> list[str]:
    """The states that are no end."""
    return [one.id for one in flow().states if not one.end]


def _asked(one: Posting) -> Waiting:
    """What the state of *one* asks of those whom it calls."""
    page = "postings:review" if "scored" in one.stands.kinds else "postings:posting"
    what = worded(one.stands.asks).format(side=one.get_side_display())
    return Waiting(what, one.title, reverse(page, args=[one.pk]), one.due)


def _told(user: User, one: Posting) -> Waiting | None:
    held, url = parties(user, one), reverse("postings:posting", args=[one.pk])
    if one.stands.asks and held & {*one.stands.call} - {"reviewer"}:
        return _asked(one)
    if "author" not in held:
        return None
    if "editable" in one.stands.kinds and one.steps.exists():
        return Waiting(_("修改被退回的{side}").format(side=one.get_side_display()), one.title, url)
    if "open" in one.stands.kinds and one.expires_on <= today() + SOON:
        return Waiting(_("延期或标为已解决"), one.title, url, one.expires_on)
    return None
