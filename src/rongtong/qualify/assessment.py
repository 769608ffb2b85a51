"""What an assessment answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.compile import Program


@dataclass
class Assessment:
    """The result of judging a snapshot by a rulebook."""

    path: Path
    snapshot: Snapshot
    program: Program
    manifest: dict[str, Any]
