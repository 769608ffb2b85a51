"""The originals, as received, named by the hash of their bytes."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.journal import sync
from rongtong.i18n import _


def keep(root: Path, path: Path) -> str:
    """Copy *path* into *root* under the hash of its bytes, whole or not at all; returns the hash."""
    if not path.is_file():
        raise InputError(_("找不到文件"), place=str(path), mend=_("请检查文件名和路径"))
    root.mkdir(parents=True, exist_ok=True)
    temporary = root / f".{uuid.uuid4().hex}"
    try:
        shutil.copyfile(path, temporary)
        name = digest.of_file(temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.rename(root / name)
    finally:
        temporary.unlink(missing_ok=True)
    sync(root)
    return name
