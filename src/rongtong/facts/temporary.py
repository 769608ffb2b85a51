"""Folders for what is made in passing and read for as long as the process runs; files that are written whole."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def folder() -> Path:
    """A new folder, which goes when this process ends."""
    made = Path(tempfile.mkdtemp(prefix="rongtong-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Where to write what shall stand at *file*, whole or not at all; of two who write at once either will do.

    Its suffix is the same, by which some know what they write.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{uuid.uuid4().hex}{file.suffix}")
    try:
        yield draft
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
