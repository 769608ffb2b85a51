"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Comparison(AppConfig):
    """Lists compared and filled."""

    name = "rongtong.portal.comparison"
    label = "comparison"
