"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Membership(AppConfig):
    """Members of the alliance."""

    name = "rongtong.portal.membership"
    label = "membership"
