"""A notice to somebody, its way by each channel, and what somebody wants to be told how."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import now
from rongtong.portal.notifications.texts import texts
from rongtong.portal.notifications.ways import WAYS, Way, choices


class Notification(models.Model):
    """One notice to one person; *key* says what it is about, so that nobody is told the same twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    wording = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    key = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]

    @property
    def title(self) -> str:
        """The title, filled in."""
        return texts()[self.wording].told(self.values)[0]

    @property
    def text(self) -> str:
        """The text, filled in."""
        return texts()[self.wording].told(self.values)[1]


class Delivery(models.Model):
    """A notice's way by one channel."""

    class State(models.TextChoices):
        """How far it is. What was being sent when the worker died is unclear: it is never sent again by itself."""

        WAITING = "waiting", _("待发送")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("未发出")
        UNCLEAR = "unclear", _("不确定是否发出")

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20, choices=choices)
    digest = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, db_index=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="one_way_a_channel")]


class Preference(models.Model):
    """How somebody wants a channel used; without one the wording's own channels are used at once."""

    class When(models.TextChoices):
        """When."""

        AT_ONCE = "at_once", _("立即")
        DAILY = "daily", _("每天一次汇总")
        NEVER = "never", _("不发送")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    channel = models.CharField(max_length=20, choices=choices)
    when = models.CharField(_("何时"), max_length=8, choices=When.choices, default=When.AT_ONCE)
    address = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="one_preference_a_channel")]

    @property
    def way(self) -> Way:
        """The channel that it is about."""
        return WAYS[self.channel]
