"""What waits for whom: every capability tells, the workbench lists by deadline."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from rongtong.errors import InputError
from rongtong.portal.assessment import conclusions as assessment
from rongtong.portal.desk.models import Notice
from rongtong.portal.desk.waiting import Waiting
from rongtong.portal.filings import queries as filings
from rongtong.portal.imports import queries as imports
from rongtong.portal.introductions import queries as introductions
from rongtong.portal.meetings import queries as meetings
from rongtong.portal.membership import queries as membership
from rongtong.portal.people import queries as people
from rongtong.portal.people.models import User
from rongtong.portal.postings import queries as postings
from rongtong.portal.queues import queries as queues
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import title_of
from rongtong.portal.statements import queries as statements
from rongtong.portal.titles import queries as titles

#: Each capability's ``queries.waiting(user)``.
SOURCES: tuple[Callable[[User], Iterator[Waiting]], ...] = (
    imports.waiting,
    queues.waiting,
    introductions.waiting,
    titles.waiting,
    filings.waiting,
    statements.waiting,
    assessment.waiting,
    membership.waiting,
    meetings.waiting,
    postings.waiting,
    people.waiting,
)


@dataclass(frozen=True)
class Standing:
    """Where a firm stands with the first rulebook here: what that is called, the verdict in short, the pass mark."""

    rulebook: str
    title: str
    card: dict[str, Any]
    pass_mark: Decimal | None


def standing(user: User, firm: Firm) -> Standing | None:
    """The same for *user*, who acts for a small firm; None before anything was judged."""
    if not user.has_perm("assessment.view", firm):
        return None
    rulebook = settings.RULEBOOKS[0]
    try:
        judged = current.assessment(rulebook)
    except InputError:
        return None
    return Standing(rulebook, title_of(rulebook), door.card(user, firm, rulebook), judged.program.book.pass_mark)


def notices() -> QuerySet[Notice]:
    """The notices that stand, the latest first."""
    return Notice.objects.filter(withdrawn_at=None)


def is_member(firm: Firm) -> bool:
    """Whether *firm* is a member, and need not be asked to join."""
    return membership.members().filter(firm=firm.id).exists()


def waiting(user: User) -> list[Waiting]:
    """Everything that waits for *user*, by deadline; what has none comes last."""
    found = [one for source in SOURCES for one in source(user)]
    return sorted(found, key=lambda one: (one.deadline or datetime.date.max, one.what, one.about))
