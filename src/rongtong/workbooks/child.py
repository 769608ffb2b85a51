"""The child of ``sandbox``: reads one file within its limits."""

from __future__ import annotations

import errno
import json
import resource
from pathlib import Path

import pyarrow as pa

from rongtong.errors import InputError
from rongtong.i18n import use
from rongtong.workbooks.formats import read_sheets
from rongtong.workbooks.sandbox import NO_ROOM, REFUSED
from rongtong.workbooks.sheets import Sheet, check_cells


def _saved(sheet: Sheet, file: Path) -> dict[str, object]:
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, sheet.cells.schema) as writer:
        writer.write_table(sheet.cells)
    return {
        "name": sheet.name, "visible": sheet.visible, "merges": sheet.merges, "percents": sorted(sheet.percents),
        "dates": sheet.dates,
    }  # fmt: skip


def _child(path: Path, folder: Path) -> int:
    try:
        sheets = read_sheets(path)
        for sheet in sheets:
            check_cells(sheet)
    except InputError as error:
        return _left(folder / "refused.json", error.as_dict(), REFUSED)
    described = [_saved(sheet, folder / f"{number}.arrow") for number, sheet in enumerate(sheets)]
    return _left(folder / "sheets.json", described, 0)


def _left(file: Path, said: object, code: int) -> int:
    file.write_text(json.dumps(said), "utf-8")
    return code


def main(path: str, folder: str, memory: str, seconds: str, chosen: str) -> int:
    """Leave the sheets of *path* in *folder*, within so many bytes of memory and seconds of processor time."""
    use(chosen)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return _child(Path(path), Path(folder))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return NO_ROOM
        raise
