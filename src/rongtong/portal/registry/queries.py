"""Reads of firms that show no figure: which firm an id leads to, names, districts."""

from __future__ import annotations

from django.http import Http404

from rongtong.portal.registry.current import resolve
from rongtong.portal.registry.models import Firm


def firm_or_404(firm: str) -> Firm:
    """The firm that *firm* leads to. Raises Http404."""
    found = Firm.objects.filter(id=resolve(firm)).first()
    if found is None:
        raise Http404
    return found


def districts() -> list[str]:
    """The districts that firms lie in."""
    return sorted(Firm.objects.exclude(district="").values_list("district", flat=True).distinct())
