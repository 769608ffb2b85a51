"""Notices: told once, sent once, tried again with patience, given up, and never sent twice when in doubt."""

from __future__ import annotations

import datetime
import smtplib
import socket

import pytest
from django.urls import reverse
from django.utils import timezone

from rongtong.portal.notifications import channels, operations, tasks
from rongtong.portal.notifications.models import Delivery, Notification, Preference
from rongtong.portal.notifications.texts import texts
from rongtong.portal.people.models import Role

FOLDER = "rongtong.portal.notifications.channels.folder"
sent: list[tuple[str, str, str]] = []


def keep(address: str, title: str, text: str) -> None:
    sent.append((address, title, text))


def refuse(address: str, title: str, text: str) -> None:
    raise channels.TryLaterError(f"忙：{title}")


@pytest.fixture(autouse=True)
def plugged(settings, db):
    sent.clear()
    settings.NOTICE_CHANNELS = {"sms": f"{__name__}.keep", "email": f"{__name__}.keep"}


@pytest.fixture
def owner(person):
    return person(Role.FIRM)


def propose(user, number: int = 1) -> list[Notification]:
    return operations.tell(
        [user], "introduction_proposed", key=str(number), url="/x/", need=f"阀座{number}", due="2022-11-01"
    )


def test_told_twice_is_told_once_and_sent_once(owner):
    assert [len(propose(owner)) for _again in range(2)] == [1, 0]
    assert [tasks.deliver() for _again in range(2)] == [1, 0]
    assert sent == [
        (owner.phone, "有一条新的对接等您答复", "需求“阀座1”：请在 2022-11-01 前答复是否同意对接。推荐理由见页面。")
    ]


def test_nothing_but_what_the_wording_asks_for_comes_in(owner):
    with pytest.raises(ValueError, match="asks for"):
        operations.tell([owner], "introduction_proposed", key="1", url="/x/", need="阀座", due="x", phone="13812345678")
    assert Notification.objects.count() == 0


def test_a_failure_is_tried_again_with_growing_patience_and_given_up(owner, settings):
    settings.NOTICE_CHANNELS = {"sms": f"{__name__}.refuse"}
    propose(owner)
    waits = []
    for _try in range(6):
        Delivery.objects.update(due_at=timezone.now())
        assert tasks.deliver() == 0
        kept = Delivery.objects.get()
        waits.append(round((kept.due_at - timezone.now()).total_seconds() / 60))
    assert (waits, kept.state, kept.tries, kept.error) == (
        [1, 5, 30, 120, 720, 0],
        "failed",
        6,
        "忙：有一条新的对接等您答复",
    )


def test_what_was_being_sent_when_the_worker_died_is_not_sent_again_by_itself(owner, person):
    propose(owner)
    long_ago = timezone.now() - tasks.LOST - datetime.timedelta(seconds=1)
    Delivery.objects.update(state="sending", taken_at=long_ago)
    assert (tasks.deliver(), Delivery.objects.get().state, sent) == (0, "unclear", [])
    operations.again(actor=person(Role.SECRETARIAT), delivery=Delivery.objects.get())
    assert (tasks.deliver(), Delivery.objects.get().state, len(sent)) == (1, "sent", 1)


class _KilledError(BaseException):
    """The worker is killed."""


def killed(address: str, title: str, text: str) -> None:
    sent.append((address, title, text))
    if len(sent) == 2:
        raise _KilledError


def test_a_kill_while_sending_leaves_one_in_doubt_and_sends_the_others(owner, settings):
    settings.NOTICE_CHANNELS = {"sms": f"{__name__}.killed"}
    for number in range(1, 6):
        propose(owner, number)
    with pytest.raises(_KilledError):
        tasks.deliver()
    Delivery.objects.filter(state="sending").update(taken_at=timezone.now() - 2 * tasks.LOST)
    assert tasks.deliver() == 3
    assert [one.state for one in Delivery.objects.order_by("pk")] == ["sent", "unclear", "sent", "sent", "sent"]
    assert len(set(sent)) == len(sent) == 5


def test_a_channel_is_sent_by_alone(owner):
    propose(owner)
    assert [tasks.deliver([channel]) for channel in ("email", "sms")] == [0, 1]


def test_a_mail_server_that_says_nothing_is_given_up(owner, settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert 0 < settings.EMAIL_TIMEOUT < tasks.LOST.total_seconds()
        settings.EMAIL_TIMEOUT = 0.1
        with pytest.raises(smtplib.SMTPServerDisconnected):
            channels.mail("a@example.com", "一", "二")


def test_a_daily_digest_is_one_message(owner):
    operations.prefer(actor=owner, channel="sms", when="daily")
    for number in (1, 2, 3):
        propose(owner, number)
    assert tasks.deliver() == 0
    Delivery.objects.update(due_at=timezone.now())
    assert tasks.deliver() == 1
    assert [(address, title, len(text.splitlines())) for address, title, text in sent] == [
        (owner.phone, "今天有 3 条通知", 3)
    ]


def test_who_wants_no_sms_still_finds_it_in_the_portal(owner):
    operations.prefer(actor=owner, channel="sms", when="never")
    propose(owner)
    assert (Delivery.objects.count(), Notification.objects.filter(user=owner).count()) == (0, 1)


def test_without_a_plug_it_stays_in_the_portal(owner, settings):
    settings.NOTICE_CHANNELS = {"sms": ""}
    propose(owner)
    assert (Delivery.objects.count(), Notification.objects.filter(user=owner).count()) == (0, 1)


def test_the_folder_keeps_one_file_a_message(owner, settings, tmp_path):
    settings.STORE, settings.NOTICE_CHANNELS = tmp_path, {"sms": FOLDER}
    for number in (1, 2):
        propose(owner, number)
    assert tasks.deliver() == 2
    assert [one.read_text(encoding="utf-8").splitlines()[0] for one in channels.written()] == [owner.phone] * 2


def test_opening_marks_it_read_and_leads_on(owner, client_of):
    made = propose(owner)[0]
    answer = client_of(Role.FIRM).post(reverse("notifications:open", args=[made.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/x/")
    assert Notification.objects.get().read_at is not None


def test_nobody_opens_anothers(owner, client_of):
    made = propose(owner)[0]
    assert client_of(Role.SECRETARIAT).post(reverse("notifications:open", args=[made.pk])).status_code == 403
    assert Notification.objects.get().read_at is None


def test_an_email_needs_an_address(client_of, owner):
    client, url = client_of(Role.FIRM), reverse("notifications:preferences")
    given = {"sms-when": "daily", "email-when": "at_once", "email-address": ""}
    assert client.post(url, given).status_code == 422
    assert client.post(url, given | {"email-address": "a@example.com"}).status_code == 302
    assert dict(Preference.objects.filter(user=owner).values_list("channel", "when")) == {
        "sms": "daily",
        "email": "at_once",
    }


def test_every_wording_is_short_enough_for_an_sms_and_asks_for_no_contact():
    for one in texts().values():
        assert len(one.title + one.text) <= 140, one.id
        assert one.names.isdisjoint({"phone", "contact", "name", "email"}), one.id
