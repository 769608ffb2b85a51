"""Hosting: serving the portal, its worker, backup and restore, and what is wrong with a deployment.

Every function here takes the alliance folder first, as the command line does; :func:`settle_in` must have chosen it
before Django is loaded.
"""

from __future__ import annotations

import os
from pathlib import Path


def settle_in(home: Path) -> None:
    """Load Django for the alliance folder *home*; once in a process."""
    import django  # noqa: PLC0415 -- the environment must name the folder before Django reads its settings

    (home / "portal").mkdir(parents=True, exist_ok=True)
    os.environ["RONGTONG_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongtong.portal.settings")
    django.setup()
