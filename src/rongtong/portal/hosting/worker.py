"""The worker: does the jobs, and takes up again those whose worker died. Run as ``python -m``."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from rongtong.portal.hosting import settle_in

EVERY = 10.0


def main() -> None:
    """Work until told to stop."""
    settle_in(Path(os.environ["RONGTONG_HOME"]))
    from django.core.management import call_command  # noqa: PLC0415 -- Django is loaded by the line above

    threading.Thread(target=recover, daemon=True).start()
    call_command("db_worker", interval=0.5, verbosity=0)


def recover() -> None:
    """Look for lost jobs, again and again."""
    from django.db import close_old_connections  # noqa: PLC0415 -- as above

    from rongtong.portal.jobs import operations  # noqa: PLC0415 -- as above

    while True:
        operations.recover()
        close_old_connections()
        threading.Event().wait(EVERY)


if __name__ == "__main__":
    main()
