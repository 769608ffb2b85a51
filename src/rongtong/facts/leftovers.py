"""What a process that was killed left half-written: dot-named files and folders that nothing refers to."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: Where things are written, as patterns; those of the portal are a folder for each workbook or list.
FOLDERS = ("sources", "claims", "journal", "snapshots", "snapshots/states", "results",
           "portal/uploads/readings/*", "portal/uploads/compared/*")  # fmt: skip
#: Nobody writes one thing for longer than that, in seconds.
A_DAY = 86_400


def sweep(home: Path, *, age: float = A_DAY) -> list[Path]:
    """Remove what was begun in the alliance folder *home* more than *age* seconds ago and never finished."""
    found = list(unfinished(home, time.time() - age))
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    return found


def unfinished(home: Path, before: float) -> Iterator[Path]:
    """Dot-named files and folders not touched since *before*."""
    for folder in FOLDERS:
        for path in home.glob(f"{folder}/.*"):
            with suppress(FileNotFoundError):  # finished at this moment
                if path.stat().st_mtime < before:
                    yield path
