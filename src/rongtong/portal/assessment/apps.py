"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Assessment(AppConfig):
    """Verdicts."""

    name = "rongtong.portal.assessment"
    label = "assessment"
