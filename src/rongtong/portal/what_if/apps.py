"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WhatIf(AppConfig):
    """What officers ask of all firms at once."""

    name = "rongtong.portal.what_if"
    label = "what_if"
