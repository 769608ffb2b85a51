"""Who has a workbench: everybody who is somebody here."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_administrator, is_firm, is_staff

rules.add_perm("desk.view", is_firm | is_staff | is_administrator)
