"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Imports(AppConfig):
    """Workbooks as they come in."""

    name = "rongtong.portal.imports"
    label = "imports"
