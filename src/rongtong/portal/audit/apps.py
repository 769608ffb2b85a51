"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    """The audit trail."""

    name = "rongtong.portal.audit"
    label = "audit"
