"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Questions(AppConfig):
    """What officers ask of all firms at once."""

    name = "rongtong.portal.questions"
    label = "questions"
