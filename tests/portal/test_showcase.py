"""The sample alliance's cooperation: made by the operations, in every state that there is."""

from __future__ import annotations

import re
from pathlib import Path

import messages
from rongtong.cli import demo_portal
from rongtong.portal import showcase, showcase_cooperation
from rongtong.portal.introductions.models import Figure, Introduction, flow
from rongtong.portal.introductions.queries import is_stuck, waits_for
from rongtong.portal.introductions.results import needs
from rongtong.portal.meetings import tasks
from rongtong.portal.meetings.models import Meeting
from rongtong.portal.meetings.operations import ready
from rongtong.portal.notifications.models import Notification
from rongtong.portal.people.models import Contact, User
from rongtong.portal.registry.models import Firm


def test_five_firms_of_six_have_somebody_to_call_whose_number_is_nobodys(db):
    made = showcase.contacts()
    assert Firm.objects.count() * 0.8 < made < Firm.objects.count()
    assert {one.phone[:3] for one in Contact.objects.all()} == {"120"}
    assert showcase.contacts() == 0


def test_there_is_an_introduction_in_every_state_and_making_it_again_changes_nothing(db):
    made = showcase_cooperation.cooperation()
    assert set(Introduction.objects.values_list("state", flat=True)) == {one.id for one in flow().states}
    assert sorted(Figure.objects.values_list("kind", flat=True)) == ["contracted", "contracted", "performed"]
    assert Notification.objects.exists()
    assert {one.first < one.published for one in needs() if one.first} == {False}
    assert 0 < Introduction.objects.filter(is_stuck()).count() < 8
    assert [one.state for one in waits_for(User.objects.get(phone=showcase.OWNER[0]))] == ["proposed"]
    assert [(one.title, one.needs.count()) for one in Meeting.objects.all()] == [("高端装备专场对接会", 4)]
    assert showcase_cooperation.cooperation() == made


def test_of_the_meetings_sheet_what_is_known_is_read_and_the_rest_is_asked(db):
    showcase_cooperation.cooperation()
    held = Meeting.objects.get()
    tasks.read(job=held.job, progress=lambda *_told: None, meeting=held.pk)
    held.refresh_from_db()
    assert [one["heading"] for one in held.unread] == ["座位"]
    assert [line.follows for line in held.lines.order_by("row")] == [
        "sample", "interested", "visit", "interested", "nothing", "unread", "interested",
    ]  # fmt: skip  # read by rows
    assert len(ready(held)) == 4


def test_what_to_look_at_names_people_and_pages_that_there_are_as_the_readme_does():
    readme = (Path(__file__).parents[2] / "README.zh.md").read_text(encoding="utf-8")
    names = {name for _phone, name, *_more in (*showcase.PEOPLE, showcase.OWNER, *showcase.LARGE_FIRM)}
    threads = [line.partition("：")[2] for line in demo_portal.rounds()[1:]]
    assert [one for one in threads if one not in readme] == []
    walks = [walk.split(" → ") for thread in threads for walk in thread.split("；")]
    assert {who for who, *_pages in walks} - names == set()
    pages = {page for _who, *rest in walks for one in rest for page in re.split("、", one)}
    assert pages - (messages.of_code() | messages.of_templates()) == set()
