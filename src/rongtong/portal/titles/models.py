"""What was done about a duty: reminders, calls, and changes that must be reported."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.firm_ids import FirmId
from rongtong.portal.people.models import AccessLink


class Reminder(models.Model):
    """A firm was reminded of a duty; *read_at* is when somebody of the firm opened it."""

    firm = FirmId(_("催办"), shows=("text",), at="made_at", by="made_by")
    duty = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    due = models.DateField()
    text = models.CharField(max_length=400)
    link = models.ForeignKey(AccessLink, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]


class Call(models.Model):
    """A telephone call, visit or message about a duty, and what came of it."""

    firm = FirmId(_("联系记录"), shows=("note",), at="made_at", by="made_by")
    duty = models.CharField(max_length=40, blank=True)
    note = models.CharField(_("联系情况"), max_length=300)
    on = models.DateField(_("日期"), default=today)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-made_at"]


class Change(models.Model):
    """A change that a title holder must report in time (更名、合并、迁移…), and when it was reported."""

    firm = FirmId(_("变化报告"), shows=("what",), at="made_at", by="made_by")
    what = models.CharField(_("变化事项"), max_length=200)
    on = models.DateField(_("发生日期"))
    due = models.DateField(_("报告期限"))
    reported_on = models.DateField(_("报告日期"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due"]
