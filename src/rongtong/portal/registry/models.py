"""What the database keeps of the alliance folder: projections, which ``projections`` rebuilds from nothing.

None of these is the source of a fact; figures are read through :mod:`rongtong.portal.registry.door`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongtong.portal.firm_ids import FirmId
from rongtong.report import labels


class Firm(models.Model):
    """One firm of the current snapshot, as lists and workflow need it."""

    id = models.CharField(primary_key=True, max_length=40)
    n = models.IntegerField(unique=True)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    name = models.CharField(max_length=200, db_index=True)
    district = models.CharField(max_length=40, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class Current(models.Model):
    """The snapshot that pages show, the journal entry it holds everything up to, and its results by rulebook."""

    snapshot = models.CharField(max_length=64)
    head = models.PositiveIntegerField()
    results = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now=True)


class Pending(models.Model):
    """A change that the journal holds and the current snapshot does not yet."""

    entry = models.PositiveIntegerField()
    firm = models.CharField(max_length=40, blank=True, db_index=True)
    slot = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)


class Consent(models.Model):
    """A firm lets the secretariat see one field of what it reported to its district."""

    firm = FirmId(_("查看授权"), shows=("called",), at="given_at", by="given_by")
    field = models.CharField(_("数据项"), max_length=60)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    @property
    def called(self) -> str:
        """What the field is called."""
        return labels.of_slot(self.field)


class Absorbed(models.Model):
    """A firm that pages showed and that is part of another now; *marks* are the last rows written when it became so."""

    firm = models.CharField(primary_key=True, max_length=40)
    into = models.CharField(max_length=40)
    marks = models.JSONField(default=dict)


class Between(models.Model):
    """A row that was written about *kept* while *gone* was part of it: a person says whose it is, once."""

    kept = models.CharField(max_length=40)
    gone = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    key = models.PositiveBigIntegerField()
    listed_at = models.DateTimeField(auto_now_add=True)
    firm = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kept", "gone", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone", "kind", "key"], condition=models.Q(decided_at=None), name="asked_once_at_a_time"
            )
        ]
