"""Files that take seconds to work out and are kept beside the database, by what they follow from.

    ASKED = Kept("asked", ".parquet", most=40)
    ASKED.found(key) or ASKED.made(key, lambda draft: pq.write_table(answer(), draft))

All of them can be thrown away: whoever asks next has them made again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from rongtong.facts.temporary import whole


@dataclass(frozen=True)
class Kept:
    """A folder of files of one kind, of which *most* are kept: those that were asked for last."""

    folder: str
    suffix: str
    most: int

    def file(self, key: str) -> Path:
        """Where what *key* names is kept, if it is."""
        return Path(settings.STORE) / self.folder / f"{key}{self.suffix}"

    def found(self, key: str) -> Path | None:
        """The file that *key* names, where it is kept."""
        file = self.file(key)
        with suppress(FileNotFoundError):
            os.utime(file)
            return file
        return None

    def made(self, key: str, write: Callable[[Path], object]) -> Path:
        """The file that *key* names, filled by *write*: there whole or not at all. It takes the room of older ones."""
        file = self.file(key)
        with whole(file) as draft:
            write(draft)
        self._prune(file.parent)
        return file

    def _prune(self, folder: Path) -> None:
        """Let go of the files that nobody has asked for longest."""
        files = sorted(folder.glob(f"*{self.suffix}"), key=_asked_at, reverse=True)
        for file in files[self.most :]:
            file.unlink(missing_ok=True)


def _asked_at(file: Path) -> float:
    """When *file* was last asked for; never, where another process has let go of it meanwhile."""
    with suppress(FileNotFoundError):
        return file.stat().st_mtime
    return 0.0
