"""Notices that the alliance publishes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
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
