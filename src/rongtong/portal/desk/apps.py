"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """Home, and what waits for whom."""

    name = "rongtong.portal.desk"
    label = "desk"
