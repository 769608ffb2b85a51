"""The sample alliance's cooperation: made by the operations, in every state that there is."""

from __future__ import annotations

from rongtong.portal import showcase_cooperation
from rongtong.portal.introductions.models import Figure, Introduction, flow
from rongtong.portal.notifications.models import Notification


def test_there_is_an_introduction_in_every_state_and_making_it_again_changes_nothing(db):
    made = showcase_cooperation.cooperation()
    assert set(Introduction.objects.values_list("state", flat=True)) == {one.id for one in flow().states}
    assert sorted(Figure.objects.values_list("kind", flat=True)) == ["contracted", "contracted", "performed"]
    assert Notification.objects.exists()
    assert showcase_cooperation.cooperation() == made
