"""The trail: numbered, hash-chained, and closed to change by the database itself (see the first migration)."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models

GENESIS = "0" * 64


class Trail(models.Model):
    """One write: who did what to what, when, and the hash that binds it to the entry before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=128, db_index=True, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    def digest(self) -> str:
        """The hash of this entry and, through *previous*, of all before it."""
        body = [self.number, self.at.isoformat(), self.actor_id, self.act, self.subject, self.detail, self.previous]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def name_of(subject: object) -> str:
    """How the trail names what was written: kind and key, ``imports.upload:12``."""
    return f"{subject._meta.label_lower}:{subject.pk}" if isinstance(subject, models.Model) else str(subject or "")
