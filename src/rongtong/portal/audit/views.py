"""The trail, and whether its chain holds."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from rongtong.portal.audit import queries
from rongtong.portal.audit.tables import TrailTable
from rongtong.portal.design.tables import show
from rongtong.portal.people.access import Request, page


@require_GET
@page("audit.read")
def trail(request: Request) -> HttpResponseBase:
    """Every write, the latest first."""
    table = TrailTable(queries.trail())
    return show(request, "audit/trail.html", table, name="操作记录", broken=queries.first_break())
