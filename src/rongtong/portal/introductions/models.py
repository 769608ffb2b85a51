"""Introductions of a firm to a need, what each side has answered, and the three kinds of figures.

The states, who may do what in them and who reads what are the workflow ``catalogue/workflows/introduction.yaml``.
"""

from __future__ import annotations

import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import after_working_days, now, today
from rongtong.portal.firm_ids import FirmId
from rongtong.portal.people.models import AccessLink
from rongtong.portal.postings.models import Posting
from rongtong.workflows import State, Workflow, workflow


def flow() -> Workflow:
    """The workflow of introductions."""
    return workflow("introduction")


def start() -> str:
    """The state in which an introduction begins."""
    return flow().start


#: What both sides of a contract must say alike, by the names that the workflow gives it.
TERMS = {"kind": _("合作类型"), "band": _("金额档"), "day": _("签约日期")}
#: Months after the contract at which both sides are asked what came of it.
ASKED_AFTER = (3, 6, 12)


class Side(models.TextChoices):
    """The two who come together."""

    BUYER = "buyer", _("需求方")
    SUPPLIER = "supplier", _("供应方")


class Band(models.TextChoices):
    """Amounts are told by band, so that nobody must lay a contract open."""

    UNDER_10 = "0-10", _("10 万元以下")
    UNDER_50 = "10-50", _("10—50 万元")
    UNDER_100 = "50-100", _("50—100 万元")
    UNDER_500 = "100-500", _("100—500 万元")
    UNDER_1000 = "500-1000", _("500—1000 万元")
    UNDER_5000 = "1000-5000", _("1000—5000 万元")
    OVER_5000 = "5000-", _("5000 万元以上")


class Cooperation(models.TextChoices):
    """What a contract is about."""

    PARTS = "parts", _("零部件和材料供货")
    ORDER = "order", _("加工订单")
    RESEARCH = "research", _("联合研发")
    TESTING = "testing", _("检测试验")
    SHARING = "sharing", _("设备共享")
    SERVICE = "service", _("技术服务")
    OTHER = "other", _("其他")


class Introductions(models.QuerySet["Introduction"]):
    """Introductions, by what their states have in common."""

    def under_way(self) -> Introductions:
        """Those that somebody still has to do with, before a contract."""
        return self.filter(state__in=flow().of_kind["under_way"])

    def agreed(self) -> Introductions:
        """Those of which both sides have said yes."""
        return self.filter(state__in=flow().of_kind["agreed"])

    def won(self) -> Introductions:
        """Those that have become a contract that stands."""
        return self.filter(state__in=flow().of_kind["won"])

    def gone(self) -> Introductions:
        """Those of which nothing came: they leave the need as it was."""
        return self.filter(state__in=flow().of_kind["gone"])


class Introduction(models.Model):
    """One firm introduced to one need."""

    class Origin(models.TextChoices):
        """Who thought of it."""

        ENGINE = "engine", _("系统推荐")
        OFFICER = "officer", _("主管部门推荐")
        BUYER = "buyer", _("需求方邀请")
        SUPPLIER = "supplier", _("企业自荐")
        MEETING = "meeting", _("专场对接会")

    need = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="introductions")
    firm = FirmId(_("对接"), verbose_name=_("供应方"), shows=("need",), at="made_on", by="made_by")
    offer = models.ForeignKey(Posting, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=start, db_index=True)
    since = models.DateField(default=today)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(default=today)

    objects = Introductions.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["need", "firm"], name="one_introduction_a_need_and_firm")]

    def __str__(self) -> str:
        return f"{self.need} · {self.firm}"

    @property
    def stands(self) -> State:
        """Its state as the workflow has it."""
        return flow().state_of[self.state]

    @property
    def due(self) -> datetime.date | None:
        """The day after which it is stuck; None where nothing is waited for."""
        days = self.stands.stuck_after
        return after_working_days(days, since=self.since) if days else None

    @property
    def buyer(self) -> str:
        """The id of the firm whose need it is."""
        return self.need.firm

    @property
    def stuck(self) -> bool:
        """Whether it has stood still for too long."""
        return self.due is not None and self.due < today()


class Answer(models.Model):
    """One side's yes to a transition that needs both, with its terms; in force until the state changes."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="answers")
    transition = models.CharField(max_length=20)
    side = models.CharField(max_length=8, choices=Side.choices)
    terms = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "transition", "side"], name="one_answer_a_side")]


class Step(models.Model):
    """One transition made, by whom, and why."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    transition = models.CharField(max_length=20)
    side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    to = models.CharField(max_length=20)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)

    class Meta:
        ordering = ["pk"]

    @property
    def label(self) -> str:
        """What was done, in words."""
        return flow().transition_of[self.transition].label


class Figure(models.Model):
    """An amount by band. Intended, contracted and performed are three figures and are never added together."""

    class Kind(models.TextChoices):
        """Which of the three."""

        INTENDED = "intended", _("意向金额")
        CONTRACTED = "contracted", _("签约金额")
        PERFORMED = "performed", _("履约金额")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    band = models.CharField(_("金额档"), max_length=12, choices=Band.choices)
    form = models.CharField(_("合作类型"), max_length=30, choices=Cooperation.choices, blank=True)
    day = models.DateField(_("日期"))

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["introduction", "kind"], name="one_figure_a_kind")]


class Outcome(models.Model):
    """What a side says has come of a contract after 3, 6 or 12 months."""

    class Going(models.TextChoices):
        """How it goes."""

        WELL = "well", _("按约履行")
        LATE = "late", _("有延误")
        STOPPED = "stopped", _("已停止")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    going = models.CharField(_("履约情况"), max_length=8, choices=Going.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "months", "side"], name="one_outcome_a_side")]


class Message(models.Model):
    """One message of the thread, which only the two sides read."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=8, choices=Side.choices)
    text = models.TextField(_("内容"), max_length=2000)
    attachment = models.FileField(_("附件"), upload_to="threads/", blank=True)
    attachment_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    @property
    def name(self) -> str:
        """What the attachment is called."""
        return self.attachment_name or PurePath(self.attachment.name or "").name


class Reminder(models.Model):
    """A side was asked to go on; *read_at* is when somebody of it opened the introduction."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="reminders")
    side = models.CharField(max_length=8, choices=Side.choices)
    text = models.CharField(max_length=400)
    link = models.ForeignKey(AccessLink, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-pk"]


class Call(models.Model):
    """Somebody of a side was called, or met, because the introduction stood still; *note* is for those who chase."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="calls")
    side = models.CharField(max_length=8, choices=Side.choices)
    note = models.CharField(_("联系情况"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)

    class Meta:
        ordering = ["-on", "-pk"]


class Choice(models.Model):
    """A firm has switched personalised matching off: it is not suggested, and nothing is suggested to it."""

    firm = FirmId(_("不参加个性化推荐"), at="off_since", by="by", unique=True)
    off_since = models.DateField(default=today)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Limit(models.Model):
    """How many firms' needs a firm talks about at once at the most, as it says itself."""

    firm = FirmId(_("最多同时接洽几家"), shows=("most",), at="since", by="by", unique=True)
    most = models.PositiveSmallIntegerField(_("最多同时接洽几家"))
    since = models.DateField(default=today)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Finding(models.Model):
    """What the index found for a need: firms, the best first, each with reasons. *basis* and *market* tell of which
    need, as it was written, and of which market, by digest."""

    posting = models.OneToOneField(Posting, primary_key=True, on_delete=models.CASCADE, related_name="finding")
    basis = models.CharField(max_length=64)
    market = models.CharField(max_length=64, default="")
    model = models.CharField(max_length=120)
    firms = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now=True)
