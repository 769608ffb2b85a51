"""What the database keeps of the alliance folder: projections, which ``projections`` rebuilds from nothing.

None of these is the source of a fact; figures are read through :mod:`rongtong.portal.registry.door`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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

    firm = models.CharField(max_length=40, db_index=True)
    field = models.CharField(_("数据项"), max_length=60)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
