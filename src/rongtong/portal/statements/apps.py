"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Statements(AppConfig):
    """What officers judge and check."""

    name = "rongtong.portal.statements"
    label = "statements"
