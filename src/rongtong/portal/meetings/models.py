"""A meeting and the lines of its sign-in sheet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.firm_ids import FirmId
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.jobs.models import Job
from rongtong.portal.postings.models import Posting

#: What a person has answered of a row: it is no firm of the registry, and is not introduced.
OUTSIDE = "out"


class Meeting(models.Model):
    """One meeting: when, where, which needs were on its table, and the sheet people signed.

    *headings* are people's answers to what a column of the sheet is, *unread* the columns (``sheet, heading, why``) of
    which nobody has said it.
    """

    title = models.CharField(_("对接会名称"), max_length=80)
    on = models.DateField(_("日期"), default=today)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    needs = models.ManyToManyField(Posting, related_name="meetings")
    file = models.FileField(_("签到表"), upload_to="meetings/")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    headings = models.JSONField(default=dict)
    unread = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One row of the sheet for one need: who came, for what, and what follows.

    *firm*, *outcome*, *candidates*, *near* and *why* are as comparing lists says (:data:`rongtong.lists.MATCHES`).
    """

    class Follows(models.TextChoices):
        """What follows; unknown is not nothing."""

        UNKNOWN = "", _("未写明")
        UNREAD = "unread", _("写法不明")
        NOTHING = "nothing", _("无意向")
        INTERESTED = "interested", _("有意向")
        SAMPLE = "sample", _("送样")
        VISIT = "visit", _("验厂考察")
        ORDER = "order", _("签约或下单")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    name = models.CharField(_("签到名称"), max_length=200, blank=True)
    uscc = models.CharField(max_length=40, blank=True)
    firm = FirmId(_("对接会签到"), shows=("meeting", "name"), at="meeting__on", by="meeting__made_by", blank=True)
    outcome = models.CharField(max_length=6)
    candidates = models.JSONField(default=list)
    near = models.JSONField(default=list)
    why = models.TextField(blank=True)
    need_text = models.CharField(_("对接需求"), max_length=200, blank=True)
    need = models.ForeignKey(Posting, null=True, on_delete=models.PROTECT, related_name="+")
    follows = models.CharField(_("后续"), max_length=10, choices=Follows.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    introduction = models.ForeignKey(Introduction, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]

    @property
    def open(self) -> bool:
        """Whether a person must still say which firm or need it is, or what follows."""
        nothing = self.follows == self.Follows.NOTHING or self.outcome == OUTSIDE
        settled = self.introduction_id is not None or nothing
        return not settled and not (self.firm and self.need_id and self.follows != self.Follows.UNREAD)
