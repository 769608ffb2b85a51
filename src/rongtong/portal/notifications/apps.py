"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Notifications(AppConfig):
    """Notices to people."""

    name = "rongtong.portal.notifications"
    label = "notifications"
