"""Who may compare lists: officers and the secretariat; a comparison is seen by whoever made it."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_staff, own_work

rules.add_perm("comparison.use", is_staff)
rules.add_perm("comparison.view", is_staff & own_work)
