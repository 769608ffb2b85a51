"""Needs and offers, each with a public and a private half, and how it came to be shown.

The states and who may do what in them are the workflow ``catalogue/workflows/posting.yaml``.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.wording import worded
from rongtong.match.words import words
from rongtong.portal.days import after_working_days, today
from rongtong.portal.firm_ids import FirmId
from rongtong.qualify.shelf import editions, known
from rongtong.workflows import State, Workflow, workflow


def title_of(rulebook: str) -> str:
    """What a rulebook is called; one that is gone by its id."""
    return editions(rulebook)[-1].file.title if rulebook in known() else rulebook


def flow() -> Workflow:
    """The workflow of postings."""
    return workflow("posting")


def start() -> str:
    """The state in which a posting begins."""
    return flow().start


class Postings(models.QuerySet["Posting"]):
    """Needs and offers."""

    def standing(self) -> Postings:
        """Those that can be answered today: open, and not run out."""
        return self.filter(state__in=flow().of_kind["open"], expires_on__gte=today())


class Posting(models.Model):
    """What a firm looks for or can do: this half is public to those in *visibility*."""

    class Side(models.TextChoices):
        """Looking for, or able to."""

        NEED = "need", _("需求")
        OFFER = "offer", _("供给")

    class Visibility(models.TextChoices):
        """Who finds it in the hall."""

        PUBLIC = "public", _("所有人")
        ALLIANCE = "alliance", _("登录的联盟企业")
        INVITED = "invited", _("仅被推荐的企业")

    side = models.CharField(max_length=5, choices=Side.choices)
    firm = FirmId(_("供需信息"), shows=("side", "pk"), at="made_at", by="made_by")
    kind = models.CharField(_("类型"), max_length=30)
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("公开说明"), max_length=1000)
    products = models.JSONField(_("产品"), default=list)
    segment = models.CharField(_("产业链环节"), max_length=40, blank=True)
    regions = models.JSONField(_("地区要求"), default=list)
    titles = models.JSONField(_("称号要求"), default=list)
    certificates = models.JSONField(_("认证要求"), default=list)
    #: What is wished for only, by the name of the three above: it is told, and leaves nobody out.
    wishes = models.JSONField(default=dict)
    #: Rulebooks by which a firm must qualify, by id.
    rulebooks = models.JSONField(_("须符合的认定标准"), default=list)
    #: How many firms a need wants to be introduced to; None: as many as is usual.
    wanted = models.PositiveSmallIntegerField(
        _("希望接洽几家"), null=True, blank=True, help_text=_("统筹分配时最多介绍这么多；不写按 3 家"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip  # read by rows
    exclusive = models.BooleanField(_("独家"), null=True)
    needed_by = models.DateField(_("最晚需要日期"), null=True, blank=True)
    #: Only when the firm chose to make it public; else it stands in the private half.
    budget = models.DecimalField(_("预算（元）"), max_digits=18, decimal_places=2, null=True, blank=True)
    visibility = models.CharField(_("谁能看到"), max_length=10, choices=Visibility.choices, default=Visibility.ALLIANCE)
    named = models.BooleanField(_("公开企业名称"), default=False)
    #: The public half as it is searched: its characters, pinyin and initials.
    found_by = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=start, db_index=True)
    since = models.DateField(default=today)
    expires_on = models.DateField(_("有效期至"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = Postings.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> State:
        """Its state as the workflow has it."""
        return flow().state_of[self.state]

    @property
    def mark(self) -> str | None:
        """How its chip looks."""
        return "no" if self.expired else self.stands.mark

    @property
    def due(self) -> datetime.date | None:
        """The day by which somebody is to act; None where nobody is waited for."""
        days = self.stands.stuck_after
        return after_working_days(days, since=self.since) if days else None

    @property
    def kind_label(self) -> str:
        """What its kind is called."""
        return words().label_of(self.kind)

    @property
    def asked(self) -> list[str]:
        """What it asks of whoever answers, in words."""
        certificates = [words().label_of(one) for one in self.certificates]
        return [*self.regions, *self.titles, *certificates, *map(title_of, self.rulebooks)]

    @property
    def hoped(self) -> list[str]:
        """What it only wishes for, in words."""
        told = [one for name in ("regions", "titles", "certificates") for one in self.wishes.get(name, ())]
        return [words().label_of(one) for one in told]

    @property
    def public_half(self) -> str:
        """Everything that readers of its public half read as words."""
        return "\n".join([self.title, self.text, self.segment, *map(str, self.products), *self.asked, *self.hoped])

    @property
    def standing(self) -> bool:
        """Whether it can be answered today."""
        return "open" in self.stands.kinds and not self.expired

    @property
    def expired(self) -> bool:
        """Whether its time has run out while it was open."""
        return "open" in self.stands.kinds and self.expires_on < today()

    @property
    def shown_state(self) -> str:
        """Where it stands, in words."""
        return str(_("已到期")) if self.expired else worded(self.stands.label)


class PrivateHalf(models.Model):
    """What only both sides read, and only once both have agreed. A table of its own: no list of postings loads it."""

    posting = models.OneToOneField(Posting, primary_key=True, on_delete=models.CASCADE, related_name="private_half")
    text = models.TextField(_("不公开说明"), max_length=2000, blank=True)
    quantity = models.CharField(_("数量"), max_length=60, blank=True)
    budget = models.DecimalField(_("预算（元）"), max_digits=18, decimal_places=2, null=True, blank=True)
    #: What an offer costs, as its firm says it: a price each is no budget.
    price = models.CharField(_("报价"), max_length=60, blank=True)
    #: Firms, by name, that are never to be introduced.
    excludes = models.JSONField(_("回避的企业"), default=list)
    drawing = models.FileField(_("图纸或技术文件"), upload_to="drawings/", blank=True)
    #: What the drawing was called by who uploaded it; storage has its own names.
    drawing_name = models.CharField(max_length=200, blank=True)


class Review(models.Model):
    """The points that a posting was given on the scoring sheet ``posting``."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="reviews")
    points = models.JSONField()
    note = models.CharField(_("意见"), max_length=200, blank=True)
    passed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Step(models.Model):
    """One transition of a posting."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="steps")
    transition = models.CharField(max_length=20)
    why = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=today)

    class Meta:
        ordering = ["pk"]

    @property
    def label(self) -> str:
        """What was done, in words."""
        return flow().transition_of[self.transition].label

    @property
    def inside(self) -> bool:
        """Whether the firm's own people alone may make it; then they alone read why."""
        return "reviewer" not in flow().transition_of[self.transition].by
