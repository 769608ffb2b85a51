"""What waits for whom: every capability tells, the workbench lists by deadline."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rongtong.portal.days import working_days_until
from rongtong.portal.people.models import User


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: what, for whom or about what, where to do it, and until when."""

    what: str
    about: str
    url: str
    deadline: datetime.date | None = None

    @cached_property
    def working_days(self) -> int | None:
        """Working days left; negative when the deadline has passed, None when there is none."""
        return None if self.deadline is None else working_days_until(self.deadline)


#: Each capability's ``queries.waiting(user)``.
SOURCES: tuple[Callable[[User], Iterator[Waiting]], ...] = ()


def waiting(user: User) -> list[Waiting]:
    """Everything that waits for *user*, by deadline; what has none comes last."""
    found = [one for source in SOURCES for one in source(user)]
    return sorted(found, key=lambda one: (one.deadline or datetime.date.max, one.what, one.about))
