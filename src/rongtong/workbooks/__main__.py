"""The child of ``sandbox``: reads one file within its limits."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import pyarrow as pa

from rongtong.errors import InputError
from rongtong.i18n import use
from rongtong.workbooks.formats import read_sheets
from rongtong.workbooks.sandbox import REFUSED
from rongtong.workbooks.sheets import Sheet


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
    except InputError as error:
        (folder / "refused.json").write_text(json.dumps(error.as_dict()), "utf-8")
        return REFUSED
    described = [_saved(sheet, folder / f"{number}.arrow") for number, sheet in enumerate(sheets)]
    (folder / "sheets.json").write_text(json.dumps(described), "utf-8")
    return 0


def main(path: str, folder: str, memory: str, seconds: str, chosen: str) -> int:
    """Leave the sheets of *path* in *folder*, within so many bytes of memory and seconds of processor time."""
    use(chosen)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return _child(Path(path), Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
