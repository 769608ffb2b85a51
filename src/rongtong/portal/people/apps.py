"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    """Accounts, roles and sign-in."""

    name = "rongtong.portal.people"
    label = "people"
