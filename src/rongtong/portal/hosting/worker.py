"""The worker: does the jobs, and takes up again those whose worker died. Run as ``python -m``."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

from rongtong.errors import InputError
from rongtong.portal.hosting import settle_in

EVERY = 10.0
log = logging.getLogger(__name__)


def main() -> None:
    """Work until told to stop."""
    settle_in(Path(os.environ["RONGTONG_HOME"]))
    from django.core.management import call_command  # noqa: PLC0415 -- Django is loaded by the line above

    threading.Thread(target=watch, daemon=True).start()
    call_command("db_worker", interval=0.5, verbosity=0)


def watch() -> None:
    """Look for lost jobs, what a kill left, a missing index, open needs, notices due; once a day for what is due."""
    from django.db import DatabaseError, close_old_connections  # noqa: PLC0415 -- as above

    from rongtong.portal.introductions.tasks import ask, want_found  # noqa: PLC0415 -- as above
    from rongtong.portal.jobs.daily import once_a_day  # noqa: PLC0415 -- as above
    from rongtong.portal.jobs.operations import recover  # noqa: PLC0415 -- as above
    from rongtong.portal.notifications.tasks import deliver  # noqa: PLC0415 -- as above
    from rongtong.portal.postings.tasks import remind  # noqa: PLC0415 -- as above
    from rongtong.portal.registry.current import alliance  # noqa: PLC0415 -- as above
    from rongtong.portal.registry.ending import end_all  # noqa: PLC0415 -- as above
    from rongtong.portal.registry.operations import want_ready  # noqa: PLC0415 -- as above

    folder, seen = alliance(), 0
    while True:
        try:
            recover()
            seen = end_all(folder, seen)
            want_ready()
            want_found()
            deliver()
            for work in (ask, remind):
                once_a_day(work)
        except (DatabaseError, InputError):  # the journal may be damaged: ``rongtong check`` tells
            log.exception("looking for lost jobs failed; it is tried again")
        close_old_connections()
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
