"""A cell as it was received: the original opened again, and the rows around the cell."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.workbooks import open_sheets

#: Rows shown above and below the cell.
MARGIN = 2


@dataclass(frozen=True)
class Around:
    """A piece of a sheet: its file and sheet, the header's row of letters, rows by number, and the cell itself."""

    file: str
    sheet: str
    letters: list[str]
    rows: list[tuple[int, list[str]]]
    row: int
    letter: str
    column: int


def firm_of_mention(mention: str) -> Firm | None:
    """The firm that a mention belongs to now."""
    with current.snapshot().connect() as connection:
        found = connection.execute(
            "SELECT f.firm FROM mentions m JOIN firms f USING (n) WHERE m.mention = $1", [mention]
        ).fetchall()
    return Firm.objects.filter(id=found[0][0]).first() if found else None


def around(mention: str, cell: str) -> Around:
    """*cell* of the sheet that *mention* stands in. Raises InputError when the original is gone or has no such cell."""
    with current.snapshot().connect() as connection:
        found = connection.execute("SELECT source, file, sheet FROM mentions WHERE mention = $1", [mention]).fetchall()
    if not found:
        raise InputError(_("没有这条记录"), place=mention)
    source, file, sheet = found[0]
    row, column = coordinate_to_tuple(cell.upper())
    original = current.alliance().home / "sources" / source
    if not original.is_file():
        raise InputError(_("原件已经删除，只留下编号"), place=file, mend=_("如需查看，请向报送单位索取"))
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        link = Path(folder) / file
        link.symlink_to(original)
        sheets = {one.name: one for one in open_sheets(link, Path(folder))}
        shown = sheets.get(sheet) or next(iter(sheets.values()))
        first = max(row - MARGIN, 1)
        piece = shown.cells.slice(first - 1, row + MARGIN - first + 1)
        texts = [[str(value or "") for value in one.values()] for one in piece.to_pylist()]
    letters = [get_column_letter(number + 1) for number in range(shown.cells.num_columns)]
    return Around(file, sheet, letters, list(enumerate(texts, first)), row, get_column_letter(column), column)
