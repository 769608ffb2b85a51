"""The worker: does the jobs, and takes up again those whose worker died. Run as ``python -m``."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rongtong.portal.hosting import settle_in

Errand = Callable[[], object]
EVERY = 10.0
log = logging.getLogger(__name__)


def main() -> None:
    """Work until told to stop."""
    settle_in(Path(os.environ["RONGTONG_HOME"]))
    from django.core.management import call_command  # noqa: PLC0415 -- Django must be loaded first

    for errands in (_keeping(), *_sending()):
        threading.Thread(target=watch, args=[errands], daemon=True).start()
    call_command("db_worker", interval=0.5, verbosity=0)


def _keeping() -> list[Errand]:
    """Look for lost jobs, what a kill left, a missing index, old verdicts, open needs; once a day for what is due."""
    from rongtong.portal.introductions.tasks import ask, want_found  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.jobs.daily import once_a_day  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.jobs.operations import recover  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.postings.tasks import remind  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.current import alliance  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.ending import end_all  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.operations import want_ready  # noqa: PLC0415 -- Django must be loaded first

    folder, seen = alliance(), 0

    def end() -> None:
        nonlocal seen
        seen = end_all(folder, seen)

    return [recover, end, want_ready, want_found, partial(once_a_day, ask), partial(once_a_day, remind)]


def _sending() -> list[list[Errand]]:
    """Send notices, each channel by itself: one that is slow holds up nothing but its own."""
    from rongtong.portal.notifications.tasks import deliver  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.notifications.ways import WAYS  # noqa: PLC0415 -- Django must be loaded first

    return [[partial(deliver, [channel])] for channel in WAYS]


def watch(errands: list[Errand]) -> None:
    """Run *errands* again and again; one that fails is told of, and neither ends the watch nor holds up the others."""
    from django.db import close_old_connections  # noqa: PLC0415 -- Django must be loaded first

    while True:
        for errand in errands:
            try:
                errand()
            except Exception:  # the journal may be damaged or away: ``rongtong check`` tells
                log.exception("%s failed; it is tried again", errand)
            close_old_connections()
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
