"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Jobs(AppConfig):
    """Long work in the background."""

    name = "rongtong.portal.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every capability register its kinds of job (``tasks``) and how it ends what was left (``endings``)."""
        autodiscover_modules("tasks", "endings")
