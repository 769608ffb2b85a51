"""Who may look at and change a job: whoever made it, and the administrator."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_administrator, is_working, own_work

rules.add_perm("jobs.view", own_work | is_administrator)
rules.add_perm("jobs.change", (own_work & is_working) | is_administrator)
