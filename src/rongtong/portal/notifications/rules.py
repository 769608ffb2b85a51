"""One's own notices are one's own; the administrator and the secretariat see what could not be sent, not its text."""

from __future__ import annotations

from typing import Any

import rules
from rules import Predicate

from rongtong.portal.people.models import User
from rongtong.portal.people.roles import is_administrator, is_known, is_secretariat


def _mine(user: User, subject: Any = None) -> bool:
    return subject is None or subject.user == user


rules.add_perm("notifications.read", is_known & Predicate(_mine, name="mine"))
rules.add_perm("notifications.outbox", is_administrator | is_secretariat)
