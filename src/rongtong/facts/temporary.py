"""Folders for what is made in passing and read for as long as the process runs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def folder() -> Path:
    """A new folder, which goes when this process ends."""
    made = Path(tempfile.mkdtemp(prefix="rongtong-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
