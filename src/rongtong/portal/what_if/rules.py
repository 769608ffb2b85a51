"""Who asks: officers, of the firms in their charge; whom to call is for those who see the contacts of a firm."""

from __future__ import annotations

import rules

from rongtong.portal.people.roles import is_officer

rules.add_perm("what_if.ask", is_officer)
#: The call list asks ``people.view_contact`` of every firm on it besides.
rules.add_perm("what_if.call", is_officer)
