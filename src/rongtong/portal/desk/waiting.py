"""One thing that waits for a person, as every capability tells of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from rongtong.portal.days import working_days_until


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
