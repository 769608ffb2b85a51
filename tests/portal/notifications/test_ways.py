"""A channel is one line of the table: its name, what it is called, and whose address it goes to."""

from __future__ import annotations

import pytest
from django.core.validators import RegexValidator
from django.urls import reverse

from rongtong.definitions.loader import DefinitionError, read
from rongtong.portal.notifications import operations, tasks
from rongtong.portal.notifications.models import Delivery, Preference
from rongtong.portal.notifications.texts import Text, TextFile, texts
from rongtong.portal.notifications.ways import WAYS, Way
from rongtong.portal.people.models import Role

FILE = """\
kind: notices
title: 通知
group: 通知
notices:
  - {id: told, title: 通知, text: 通知, channels: [CHANNEL]}
"""
sent: list[tuple[str, str]] = []


def keep(address: str, title: str, _text: str) -> None:
    sent.append((address, title))


@pytest.fixture
def wechat(monkeypatch, settings) -> None:
    """One more channel, and a notice that takes it."""
    way = Way("微信公众号", asks="微信号", valid=RegexValidator(r"^wx"))
    monkeypatch.setitem(WAYS, "wechat_service", way)
    settings.NOTICE_CHANNELS = {"wechat_service": f"{__name__}.keep"}
    monkeypatch.setitem(texts(), "told", Text(id="told", title="通知", text="通知", channels=("wechat_service",)))
    sent.clear()


def test_a_channel_more_is_chosen_and_sent_by(wechat, client_of, person):
    client, url, owner = client_of(Role.FIRM), reverse("notifications:preferences"), person(Role.FIRM)
    given = {"sms-when": "at_once", "email-when": "never", "wechat_service-when": "at_once"}
    assert "请填写微信号，或选择不发送" in client.post(url, given).content.decode()
    assert client.post(url, given | {"wechat_service-address": "firm"}).status_code != 302
    assert client.post(url, given | {"wechat_service-address": "wx_firm"}).status_code == 302
    assert Preference.objects.get(user=owner, channel="wechat_service").address == "wx_firm"
    operations.tell([owner], "told", key="1", url="/")
    assert (tasks.deliver(), sent) == (1, [("wx_firm", "通知")])


def test_without_an_address_nothing_is_sent_and_it_says_why(wechat, person):
    operations.tell([person(Role.FIRM)], "told", key="1", url="/")
    assert (tasks.deliver(), Delivery.objects.get().error) == (0, "没有填写微信号")


@pytest.mark.parametrize(("channel", "right"), [("sms", True), ("email", True), ("pigeon", False)])
def test_a_notice_names_channels_of_the_table_alone(tmp_path, channel, right):
    path = tmp_path / "told.yaml"
    path.write_text(FILE.replace("CHANNEL", channel), encoding="utf-8")
    if right:
        assert read(path).parse(TextFile).notices[0].channels == (channel,)
        return
    with pytest.raises(DefinitionError, match=f"no such channel: {channel}"):
        read(path).parse(TextFile)


def test_no_other_channel_is_chosen(db, person):
    with pytest.raises(ValueError, match="pigeon"):
        operations.prefer(actor=person(Role.FIRM), channel="pigeon", when="never")
