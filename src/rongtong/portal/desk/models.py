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
    until = models.DateField(_("公示期至"), null=True, blank=True, help_text=_("不是公示的不填"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def days_left(self) -> int | None:
        """Days until its period of objection ends, 0 on the last one; None when it has none or it is over."""
        return (self.until - today()).days if self.until and self.until >= today() else None
