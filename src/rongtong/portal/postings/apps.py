"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Postings(AppConfig):
    """Needs and offers."""

    name = "rongtong.portal.postings"
    label = "postings"
