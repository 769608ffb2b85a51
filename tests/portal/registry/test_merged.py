"""What was written about a firm follows it into a merge, and goes back when the merge is taken back."""

from __future__ import annotations

import pytest

from rongtong.portal.days import today
from rongtong.portal.filings import queries as filings
from rongtong.portal.membership import queries as membership
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import Capacity, Grant, Role, User
from rongtong.portal.people.operations import link_for
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Consent, Firm
from rongtong.portal.registry.tasks import refresh
from rongtong.portal.titles import queries as titles
from rongtong.portal.titles.models import Call, Reminder


def settle() -> None:
    refresh(lambda _step, _share: None)


@pytest.fixture
def two(own_home, db, person, own_firm, far_firm) -> tuple[str, str]:
    """Two firms of which the second was written about; their ids."""
    by = person(Role.CITY_OFFICER)
    one, other = own_firm.id, far_firm.id
    Consent.objects.create(firm=other, field="revenue", given_by=by)
    Member.objects.create(firm=other)
    Reminder.objects.create(firm=other, duty="review", due=today(), text="催", made_by=by)
    Call.objects.create(firm=other, note="电话", made_by=by)
    user = User.objects.create_user("13900000123", name="甲")
    Grant.objects.create(user=user, role=Role.FIRM, firm=other, capacity=Capacity.FINANCE)
    return one, other


def told(firm: str, person) -> tuple[object, ...]:
    """What is known of a firm: its consents as each reads them, its membership, what was done, who acts for it."""
    found = Firm.objects.get(id=firm)
    link = link_for(firm=firm, path="/", made_by=person(Role.CITY_OFFICER))
    member = membership.members().filter(now=firm).values_list("name", flat=True)
    return (
        filings.shared(found),
        door.grants(person(Role.SECRETARIAT), found).consented,
        list(member) == [found.name],
        titles.unread(found),
        len(titles.history(found)),
        link is not None and link.user.name == "甲",
    )


WRITTEN = ({"revenue"}, {"revenue"}, True, True, 2, True)


def test_it_follows_and_comes_back(two, person):
    one, other = two
    assert told(other, person) == WRITTEN
    before = membership.count()
    entry = current.alliance().decide_same(one, other, sure=True)
    settle()
    survivor = Firm.objects.get(id=current.resolve(other))
    assert current.resolve(one) == survivor.id
    assert current.ids_of(survivor.id) >= {one, other}
    assert told(survivor.id, person)[:5] == WRITTEN[:5]
    assert membership.count() == before
    current.alliance().undo(entry)
    settle()
    assert (told(other, person), told(one, person)[:2]) == (WRITTEN, (set(), set()))
