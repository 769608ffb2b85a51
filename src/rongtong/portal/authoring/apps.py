"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Authoring(AppConfig):
    """Rulebooks in the making."""

    name = "rongtong.portal.authoring"
    label = "authoring"
