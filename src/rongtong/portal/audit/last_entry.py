"""The trail's last entry, kept beside the database as well: a trail that was cut at its end is noticed.

The chain of hashes tells when an entry in the middle is gone; of the last ones only a second place can tell.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from rongtong.facts.temporary import whole
from rongtong.portal.audit.models import Trail


def file() -> Path:
    """Where it is kept."""
    return Path(settings.HOME) / "portal" / "trail.json"


def keep(entry: Trail) -> None:
    """Keep *entry* as the last, unless a later one is kept already; a kill between leaves the one before."""
    if (kept() or (0, ""))[0] >= entry.number:
        return
    with whole(file()) as draft:
        draft.write_text(json.dumps({"number": entry.number, "hash": entry.hash}), encoding="utf-8")


def kept() -> tuple[int, str] | None:
    """Number and hash of the entry that was kept last; None when none was."""
    with suppress(FileNotFoundError):
        told = json.loads(file().read_text(encoding="utf-8"))
        return int(told["number"]), str(told["hash"])
    return None


def cut() -> int | None:
    """The number of the entry that was kept and that the trail does not have (any more, or so); None when all is well.

    Raises ValueError when what was kept cannot be read.
    """
    last = kept()
    if last is None or Trail.objects.filter(number=last[0], hash=last[1]).exists():
        return None
    return last[0]
