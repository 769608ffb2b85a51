"""What surrounds a program that a test starts as a person would."""

from __future__ import annotations

import os

#: The environment without what the tests set for themselves.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("RONGTONG_", "DJANGO_"))}
