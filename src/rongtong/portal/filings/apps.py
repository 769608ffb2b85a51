"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Filings(AppConfig):
    """What firms say of themselves."""

    name = "rongtong.portal.filings"
    label = "filings"
