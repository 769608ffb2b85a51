"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Introductions(AppConfig):
    """How firms come together."""

    name = "rongtong.portal.introductions"
    label = "introductions"
