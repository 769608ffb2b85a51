"""One statement of a person in charge on a firm: what, how, by whom, on which day, on which ground."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.firm_ids import FirmId
from rongtong.report import labels

OFFLINE = "offline_checks"
#: That nothing of a firm is to be checked offline.
NOTHING = f"{OFFLINE}.defence.any"


class Statement(models.Model):
    """What was found, and where it stands; *entry* is the journal's once it is in force, *rulebook* who asked for it.

    Of an offline check nothing but checker, day and conclusion is kept.
    """

    class Method(models.TextChoices):
        """How it was found."""

        ON_SITE = "on_site", _("现场核查")
        PANEL = "panel", _("专家评审")
        PAPERS = "papers", _("材料审查")
        PLATFORM = "platform", _("平台查询")
        CREDIT = "credit", _("信用核查")
        OFFLINE = "offline", _("线下核验")

    class State(models.TextChoices):
        """Where it stands."""

        WRITTEN = "written", _("未记入")
        IN_FORCE = "in_force", _("有效")
        SUPERSEDED = "superseded", _("已更正")
        WITHDRAWN = "withdrawn", _("已撤回")

    firm = FirmId(_("核查判断"), shows=("called", "told"), at="made_at", by="made_by")
    slot = models.CharField(_("核查事项"), max_length=120)
    value = models.CharField(_("核查结论"), max_length=40)
    method = models.CharField(_("核查方式"), max_length=10, choices=Method.choices)
    checker = models.CharField(_("核查人或专家组"), max_length=60)
    checked_on = models.DateField(_("核查日期"))
    basis = models.CharField(_("判断依据"), max_length=500, blank=True)
    number = models.CharField(_("报告编号或文号"), max_length=60, blank=True)
    document = models.FileField(_("佐证材料"), upload_to="statements/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rulebook = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITTEN)
    entry = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("更正或撤回原因"), max_length=200, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "slot"], condition=models.Q(state="in_force"), name="one_statement_in_force"
            )
        ]

    @property
    def called(self) -> str:
        """What was checked."""
        return labels.of_slot(self.slot)

    @property
    def told(self) -> str:
        """What was found, as a line of a list tells it."""
        words = {"是": _("符合"), "否": _("无此情况") if self.slot == NOTHING else _("不符合")}
        return str(words.get(self.value, self.value))
