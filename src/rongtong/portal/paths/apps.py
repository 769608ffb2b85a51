"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Paths(AppConfig):
    """Paths to qualify."""

    name = "rongtong.portal.paths"
    label = "paths"
