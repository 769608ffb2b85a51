"""Results: a folder of tables and a manifest, named by what is in it, there whole or not at all."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from rongtong.facts import temporary


def write_result(parent: Path | None, fill: Callable[[Path], dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """Let *fill* put tables into a folder and return its manifest; the folder then stands below *parent*, named by
    ``manifest["id"]``. Without *parent* it goes when this process ends."""
    parent = parent or temporary.folder()
    draft = parent / f".{uuid.uuid4().hex}"
    draft.mkdir(parents=True)
    try:
        manifest = fill(draft)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (draft / "manifest.json").write_text(text, encoding="utf-8")
        final = parent / str(manifest["id"])
        _put(draft, final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return final, manifest


def _put(draft: Path, final: Path) -> None:
    """Let the folder *draft* stand at *final*, in the place of what stands there; of two at once either will do."""
    old = final.with_name(f".{uuid.uuid4().hex}")
    with suppress(FileNotFoundError):
        final.rename(old)
    with suppress(OSError):  # somebody put the same result there meanwhile
        draft.rename(final)
    shutil.rmtree(old, ignore_errors=True)
