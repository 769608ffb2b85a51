"""The workflow of postings is data: a state, a transition and a notice more are lines of the definition alone."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from portal.cooperation import buyers, draft, open_need
from rongtong.definitions.loader import folder, read
from rongtong.portal.notifications.models import Notification
from rongtong.portal.notifications.texts import texts
from rongtong.portal.people.models import Role, User
from rongtong.portal.postings import models, operations, queries, telling
from rongtong.portal.postings.models import Posting
from rongtong.workflows import Workflow, workflow

BACKEND = "rongtong.portal.people.backends.ByPassword"
PARTIES = {name: ["public_half"] for name in ("author", "confirmer")}
STATE = {
    "id": "proofread", "label": "待校对", "reads": PARTIES, "mark": "quiet",
    "stuck_after": 2, "call": ["confirmer"], "asks": "校对{side}",
}  # fmt: skip  # read by rows
WAYS = [
    {
        "id": "ask", "label": "请人校对", "from": ["draft"], "to": "proofread", "by": ["author"],
        "notice": {"id": "posting_to_confirm", "to": "confirmer"},
    },
    {"id": "proofed", "label": "校对完毕", "from": ["proofread"], "to": "draft", "by": ["confirmer"]},
]  # fmt: skip  # read by rows


@pytest.fixture
def longer(tmp_path, monkeypatch) -> Workflow:
    """The workflow with a state and its two transitions more."""
    said = dict(read(folder() / "workflows" / "posting.yaml").tree)
    said |= {"states": [*said["states"], STATE], "transitions": [*said["transitions"], *WAYS]}
    path = tmp_path / "posting.yaml"
    path.write_text(json.dumps(said), encoding="utf-8")
    made = read(path).parse(Workflow)
    monkeypatch.setattr(models, "workflow", lambda _name: made)
    return made


def page_of(user: User, need: Posting) -> str:
    client = Client()
    client.force_login(user, BACKEND)
    return client.get(reverse("postings:posting", args=[need.pk])).content.decode()


def test_a_state_and_its_transitions_are_seen_without_code(longer, db):
    purchasing, research, firm = buyers()
    need = draft(purchasing, firm)
    assert 'value="ask"' in page_of(purchasing, need)
    need = operations.move(actor=purchasing, posting=need, transition="ask")
    seen = page_of(research, need)
    assert '<span class="rt-chip is-quiet">待校对</span>' in seen
    assert ('value="proofed"' in seen, "校对完毕</button>" in seen) == (True, True)
    assert [(one.what, one.about) for one in queries.waiting(research)] == [("校对需求", need.title)]
    assert [(one.user, one.wording) for one in Notification.objects.all()] == [(research, "posting_to_confirm")]
    assert operations.move(actor=research, posting=need, transition="proofed").state == longer.start


def test_whose_posting_is_taken_down_is_told(db, person):
    purchasing, _research, firm = buyers()
    secretariat = person(Role.SECRETARIAT)
    need = open_need(purchasing, firm, secretariat)
    operations.move(actor=secretariat, posting=need, transition="take_down", why="产品已停产")
    told = Notification.objects.get(wording="posting_taken_down")
    assert (told.user, told.title) == (purchasing, "您的需求已被下架")
    assert told.text == f"“{need.title}”已由秘书处下架，不再公开，原因见页面。"
    assert "产品已停产" in page_of(purchasing, need)


@pytest.mark.parametrize("transition", [one.id for one in workflow("posting").transitions if one.with_])
def test_what_comes_with_something_else_is_never_made_alone(db, transition):
    purchasing, _research, firm = buyers()
    with pytest.raises(PermissionDenied, match=transition):
        operations.move(actor=purchasing, posting=draft(purchasing, firm), transition=transition)


def test_every_notice_has_its_words_and_its_people():
    notices = workflow("posting").notices
    assert [one.id for one in notices if one.id not in texts()] == []
    assert [one.id for one in notices if texts()[one.id].names - {*telling.SAYS}] == []
    assert {*workflow("posting").parties} == {*telling.PEOPLE}
