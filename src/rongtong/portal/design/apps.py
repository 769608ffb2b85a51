"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Design(AppConfig):
    """The design system."""

    name = "rongtong.portal.design"
    label = "design"
