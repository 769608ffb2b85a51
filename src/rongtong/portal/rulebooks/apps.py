"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Rulebooks(AppConfig):
    """The shelf of rulebooks."""

    name = "rongtong.portal.rulebooks"
    label = "rulebooks"
