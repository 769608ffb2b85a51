"""Answers that take seconds are kept beside the database, by what they follow from, until newer ones need the room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from rongtong.facts import digest
from rongtong.facts.temporary import whole

#: So many answers are kept.
KEPT = 40


def kept(parts: dict[str, Any], schema: pa.Schema, make: Callable[[], pa.Table]) -> Path:
    """The file of the answer of such columns that follows from *parts*; made when nobody has asked before."""
    folder = Path(settings.STORE) / "asked"
    file = folder / f"{digest.of_json(parts | {'columns': schema.names})[:32]}.parquet"
    if file.is_file():
        file.touch()
        return file
    with whole(file) as draft:
        pq.write_table(make(), draft)
    _prune(folder)
    return file


def _prune(folder: Path) -> None:
    """Let go of the answers that nobody has asked for longest."""
    files = sorted(folder.glob("*.parquet"), key=lambda one: one.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        file.unlink(missing_ok=True)
