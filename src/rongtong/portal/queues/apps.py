"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Queues(AppConfig):
    """Conflicts and duplicates."""

    name = "rongtong.portal.queues"
    label = "queues"
