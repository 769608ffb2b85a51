"""What a reader sees of a posting: as one of its parties, or as the firm that is introduced to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from rongtong.portal.introductions.models import Introduction
from rongtong.portal.introductions.rules import reads
from rongtong.portal.postings.models import Posting, flow
from rongtong.portal.postings.rules import parties


def sees(user: Any, posting: Posting) -> frozenset[str]:
    """The things of the two workflows that *user* (anybody) reads of *posting*."""
    seen = frozenset({"public_half"}) if user.has_perm("postings.view", posting) else frozenset()
    if not user.is_authenticated:
        return seen
    own = flow().reads(posting.state, parties(user, posting))
    return seen.union(own, *(reads(user, one) & {"public_half", "private_half"} for one in ours(user, posting)))


def known(user: Any, number: int, **about: Any) -> Posting | None:
    """The posting of that *number* if *user* (anybody) may see it; to whom may not it is as if there were none."""
    found = Posting.objects.select_related("made_by").filter(pk=number, **about).first()
    return found if found and "public_half" in sees(user, found) else None


def known_or_404(user: Any, number: int, **about: Any) -> Posting:
    """The same. Raises Http404 where there is none to be seen."""
    if found := known(user, number, **about):
        return found
    raise Http404


def ours(user: Any, posting: Posting) -> list[Introduction]:
    """The introductions of *user*'s firms to *posting*."""
    return list(posting.introductions.filter(firm__in=user.firms)) if user.is_authenticated and user.firms else []
