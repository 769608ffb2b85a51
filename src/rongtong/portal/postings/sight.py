"""What a reader sees of a posting: as one of its parties, or as the firm that is introduced to it."""

from __future__ import annotations

from typing import Any

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


def ours(user: Any, posting: Posting) -> list[Introduction]:
    """The introductions of *user*'s firms to *posting*."""
    return list(posting.introductions.filter(firm__in=user.firms)) if user.is_authenticated and user.firms else []
