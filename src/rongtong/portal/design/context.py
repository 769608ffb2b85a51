"""What every page shows around its own content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rongtong.portal.days import today
from rongtong.portal.navigation import menu, tabs
from rongtong.portal.notifications.queries import unread
from rongtong.portal.registry.models import Current


def page(request: HttpRequest) -> dict[str, Any]:
    """Navigation for this reader, who that is, and which snapshot the figures are of."""
    user = getattr(request, "user", None)
    signed_in = user if user is not None and user.is_authenticated else None
    current = Current.objects.first()
    return {
        "alliance_name": settings.ALLIANCE_NAME,
        "demo": settings.DEMO,
        "business_day": today(),
        "navigation": menu(signed_in, request.path),
        "tabs": tabs(signed_in, request.path),
        "who": " · ".join([*(str(grant) for grant in signed_in.grants_in_force[:1]), str(signed_in)])
        if signed_in
        else "",
        "unread": unread(signed_in) if signed_in else 0,
        "snapshot_id": current.snapshot if current else "",
    }
