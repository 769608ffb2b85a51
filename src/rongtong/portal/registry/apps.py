"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Registry(AppConfig):
    """Firms, their facts and where they come from."""

    name = "rongtong.portal.registry"
    label = "registry"
