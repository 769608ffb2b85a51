"""Which facts undetermined firms lack, kept for each result when the result is made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rongtong import qualify
from rongtong.portal.keeping import Kept
from rongtong.qualify import wants

#: As many as the last few snapshots have results.
WANTING = Kept("wanting", ".parquet", most=100)


def kept(result: str) -> Path | None:
    """Where the wants of a result are kept, when they are."""
    return WANTING.found(result)


def keep(assessment: qualify.Assessment) -> None:
    """Keep the wants of *assessment*, unless they are kept."""
    result = str(assessment.manifest["id"])
    if not kept(result):
        assessment.kept = WANTING.made(result, partial(wants.write, assessment.wants()))
