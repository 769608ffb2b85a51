"""The texts of drafts: files of the alliance folder, each named by its hash, so that none is ever changed.

A result names the definition that it was made by; by its file the command line tries and verifies the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from rongtong.errors import InputError
from rongtong.facts.temporary import whole
from rongtong.i18n import _

FOLDER = "definitions"


def file_of(sha256: str) -> Path:
    """Where the text of that hash is kept."""
    return Path(settings.HOME) / FOLDER / f"{sha256}.yaml"


def put(text: str) -> str:
    """Keep *text*; its hash."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    file = file_of(sha256)
    if not file.is_file():
        with whole(file) as draft:
            draft.write_text(text, encoding="utf-8")
    return sha256


def text_of(sha256: str) -> str:
    """The text of that hash. Raises InputError when it is gone."""
    try:
        return file_of(sha256).read_text(encoding="utf-8")
    except FileNotFoundError:
        mend = _("请从备份恢复联盟文件夹里的 {folder}", folder=FOLDER)
        raise InputError(_("规则文件不在了"), place=file_of(sha256).name, mend=mend) from None
