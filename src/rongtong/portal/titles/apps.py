"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Titles(AppConfig):
    """Duties of title holders, and reminders."""

    name = "rongtong.portal.titles"
    label = "titles"
