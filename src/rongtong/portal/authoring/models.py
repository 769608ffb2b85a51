"""A rulebook in the making: whose it is, from what it came, and every text it has had.

The text itself is a file of the alliance folder, named by its hash, as sources are: :mod:`.store`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.jobs.models import Job


class Draft(models.Model):
    """A rulebook that somebody writes: for a district, or for the city ("").

    *based_on* is the official edition that it is compared with, ``cn/srdi-sme@2022``; "" when it is its own.
    """

    title = models.CharField(_("名称"), max_length=200)
    district = models.CharField(_("区市"), max_length=40, blank=True)
    based_on = models.CharField(_("对照的官方规则"), max_length=80, blank=True)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("改动时间"), auto_now=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    trial = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """A text that a draft has had, and what was changed by it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    sha256 = models.CharField(max_length=64)
    what = models.CharField(max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
