"""An uploaded workbook on its way into the alliance folder, and cells sent back to who reported them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job


class Upload(models.Model):
    """A workbook as somebody gave it, what was said about it as a whole, and where it stands."""

    class State(models.TextChoices):
        """Where it stands."""

        READING = "reading", _("正在读取")
        READ = "read", _("待确认")
        REFUSED = "refused", _("读不了")
        IMPORTING = "importing", _("正在导入")
        IMPORTED = "imported", _("已导入")
        UNDONE = "undone", _("已撤销")
        DISCARDED = "discarded", _("已弃用")

    file = models.FileField(_("表格"), upload_to="imports/")
    name = models.CharField(_("文件名"), max_length=200)
    source = models.CharField(_("来源种类"), max_length=40)
    date = models.DateField(_("数据日期"), default=today)
    year = models.PositiveSmallIntegerField(_("报告年度"), null=True, blank=True)
    complete = models.JSONField(default=list)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    district = models.CharField(_("区市"), max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    #: Whether whoever confirms wants the people of the sheet among the contacts of the firms.
    contacts = models.BooleanField(_("收下联系人"), default=False)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    entry = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_discarded(self) -> bool:
        """Whether nothing of it was imported and nothing is being done with it."""
        stuck = self.state == self.State.READING and self.job is not None and not self.job.is_open
        return stuck or self.state in (self.State.READ, self.State.REFUSED)

    @property
    def path(self) -> Path:
        """The file under the name it came with, as engines name it."""
        return self.folder / self.name

    @property
    def folder(self) -> Path:
        """Where its reading is kept."""
        return Path(settings.MEDIA_ROOT) / "readings" / str(self.pk)


class Return(models.Model):
    """A cell sent back to who reported it (退回核实): nobody but the firm, or a better document, changes an amount."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="returns")
    sheet = models.CharField(max_length=200, blank=True)
    cell = models.CharField(max_length=12)
    text = models.CharField(max_length=400)
    reason = models.CharField(max_length=400)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "sheet", "cell"], name="one_return_a_cell")]
