"""One thing a firm says of itself, on its way to being a fact."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.portal.firm_ids import FirmId
from rongtong.report import labels

#: What a filing of a whole title holds in its value, in this order.
TITLE_COLUMNS = ("kind", "number", "authority", "granted_on", "valid_until")


class Filing(models.Model):
    """A fact as the firm states it: slot, value as written, the document and page that show it, and where it stands."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    firm = FirmId(_("企业填报"), shows=("called", "told"), at="made_at", by="made_by")
    slot = models.CharField(_("数据项"), max_length=120)
    value = models.CharField(_("填报值"), max_length=200)
    source = models.CharField(_("凭证种类"), max_length=40)
    document = models.FileField(_("凭证"), upload_to="filings/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page = models.PositiveSmallIntegerField(_("页码"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    seal_seen = models.BooleanField(_("公章已核"), default=False)
    entry = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    @property
    def called(self) -> str:
        """What its slot is called."""
        return labels.of_slot(self.slot)

    @property
    def stated(self) -> list[tuple[str, str]]:
        """What a filing of a whole title states, each part with its label."""
        attributes = {one.id: worded(one.label) for one in catalogue()["titles"].attributes}
        parts = zip(TITLE_COLUMNS, self.value.split("|"), strict=True) if self.slot == "titles" else ()
        return [(attributes[name], text) for name, text in parts]

    @property
    def told(self) -> str:
        """The value as a line of a list tells it."""
        return " ".join(text for _label, text in self.stated) or self.value
