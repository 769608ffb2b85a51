"""Whatever silences a check says why, in the same comment; `fmt: skip` silences none: what it ends is read by rows."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "tests", "tools", "benchmarks", "docs")
SILENT = re.compile(r"# *(?:noqa|type: *ignore|pragma: *no cover|nosec)\b(?P<rest>.*)")
REASON = re.compile(r"(?:--|#) *[^\s#].+")


def unreasoned(text: str) -> list[str]:
    return [found[0] for found in SILENT.finditer(text) if not REASON.search(found["rest"])]


def test_a_suppression_without_a_reason_is_found() -> None:
    silent = ["X = 1  # " + one for one in ("noqa: S101", "type: ignore[misc]", "pragma: no cover")]
    assert len(unreasoned("\n".join(silent))) == len(silent)
    assert unreasoned("\n".join(f"{one}  # it is so" for one in silent)) == []


def test_every_suppression_gives_its_reason() -> None:
    files = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
    found = {str(file.relative_to(ROOT)): unreasoned(file.read_text(encoding="utf-8")) for file in files}
    assert {file: lines for file, lines in found.items() if lines} == {}
