"""The sample alliance's cooperation: made by the operations, in every state that there is."""

from __future__ import annotations

from rongtong.portal import showcase, showcase_cooperation
from rongtong.portal.introductions.models import Figure, Introduction, flow
from rongtong.portal.introductions.queries import is_stuck, waits_for
from rongtong.portal.introductions.results import needs
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import User


def test_there_is_an_introduction_in_every_state_and_making_it_again_changes_nothing(db):
    made = showcase_cooperation.cooperation()
    assert set(Introduction.objects.values_list("state", flat=True)) == {one.id for one in flow().states}
    assert sorted(Figure.objects.values_list("kind", flat=True)) == ["contracted", "contracted", "performed"]
    assert Notification.objects.exists()
    assert {one.first < one.published for one in needs() if one.first} == {False}
    assert 0 < Introduction.objects.filter(is_stuck()).count() < 8
    assert [one.state for one in waits_for(User.objects.get(phone=showcase.OWNER[0]))] == ["proposed"]
    assert showcase_cooperation.cooperation() == made
