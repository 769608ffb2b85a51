"""Opening a stranger's file in a process of its own, with limits of memory and time.

The child writes each sheet as an Arrow file and a description; a crash, a hang or an explosion there is an
InputError here. Nothing outside the file is opened, nothing is fetched, formulas are never computed.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from rongtong.errors import InputError
from rongtong.i18n import _, language
from rongtong.workbooks.formats import check_zip
from rongtong.workbooks.sheets import Sheet

_MEMORY, _PER_BYTE, _MOST = 2 << 30, 6, 10 << 30
#: Seconds of processor time, and how much longer the clock may run on a busy machine.
_SECONDS, _BYTES_PER_SECOND, _PATIENCE = 20, 8 << 20, 6
#: The child, which does without what takes longer to load than a small workbook to read.
CHILD = """
import sys
from rongtong.startup import without
without("numpy", "pandas")
from rongtong.workbooks.child import main
sys.exit(main(*sys.argv[1:]))
"""
#: What the child returns for a file that it refuses, and when there is no room for what it reads.
REFUSED, NO_ROOM = 3, 4


def open_sheets(path: Path, folder: Path) -> list[Sheet]:
    """The sheets of *path*, read by a child that leaves them in *folder*; the tables are mapped, not loaded.

    Raises InputError for the file, and OSError (ENOSPC) naming *folder* when the disk is full.
    """
    ended = _read(path, folder)
    if ended == REFUSED:
        said = json.loads((folder / "refused.json").read_text("utf-8"))
        raise InputError(said["error"], place=said["place"], mend=said["mend"])
    if ended == NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    if ended:
        raise _gave_up()
    sheets = json.loads((folder / "sheets.json").read_text("utf-8"))
    return [_loaded(sheet, folder / f"{number}.arrow") for number, sheet in enumerate(sheets)]


def _read(path: Path, folder: Path) -> int:
    """Have a child read *path* into *folder*, within what a file of its size may take; what the child returned."""
    size = check_zip(path) if zipfile.is_zipfile(path) else path.stat().st_size
    memory, seconds = min(_MOST, _MEMORY + _PER_BYTE * size), _SECONDS + size // _BYTES_PER_SECOND
    command = [sys.executable, "-c", CHILD, *map(str, (path, folder, memory, seconds)), language()]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and module; the file's path is an argument, not a shell's
            command, env=environment, capture_output=True, timeout=_PATIENCE * seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _gave_up() from None
    return done.returncode


def _gave_up() -> InputError:
    return InputError(
        _("文件读不下去（已损坏，或解压后过大）"), mend=_("请用 Excel 打开并另存为 .xlsx 后再导入；很大的表请拆开")
    )


def _loaded(sheet: dict[str, Any], file: Path) -> Sheet:
    with pa.memory_map(str(file)) as source:
        cells = pa.ipc.open_file(source).read_all()
    merges = tuple((top, left, bottom, right) for top, left, bottom, right in sheet["merges"])
    return Sheet(sheet["name"], cells, sheet["visible"], merges, frozenset(sheet["percents"]), sheet["dates"])
