"""Which facts undetermined firms lack, kept for each result beside the database when the result is made."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from rongtong import qualify


def file_of(result: str) -> Path:
    """Where the wants of a result are kept."""
    return Path(settings.STORE) / "wanting" / f"{result}.parquet"


def kept(result: str) -> Path | None:
    """The same, when they are."""
    file = file_of(result)
    return file if file.is_file() else None


def keep(assessment: qualify.Assessment) -> None:
    """Keep the wants of *assessment*, unless they are kept."""
    result = str(assessment.manifest["id"])
    if not kept(result):
        assessment.keep_wants(file_of(result))
