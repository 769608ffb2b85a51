"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Meetings(AppConfig):
    """Matchmaking meetings."""

    name = "rongtong.portal.meetings"
    label = "meetings"
