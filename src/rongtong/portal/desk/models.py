"""Notices that the alliance publishes, and messages to a person or a firm."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today


class Notice(models.Model):
    """A notice on the front page."""

    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"), max_length=8000)
    published_on = models.DateField(_("发布日期"), default=today)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """What one person, or everybody who acts for a firm, is told: *text* is a message of ours, filled with *values*."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    firm = models.CharField(max_length=40, blank=True, db_index=True)
    text = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    @property
    def told(self) -> str:
        """The message in the reader's language."""
        return gettext(self.text).format(**self.values)
