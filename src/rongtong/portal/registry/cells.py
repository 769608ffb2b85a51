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

#: Rows shown above the first record: the heading, and a title or two.
HEAD = 4


#: A mention's source, file and sheet; the first row of any mention there, its own, and the one where the next begins.
#: A sheet with one mention is a form, all of which is that firm's: then the first row is not above the next.
_OWN = """
    WITH own AS (SELECT source, file, sheet, "row" AS place FROM mentions WHERE mention = $1),
    beside AS (SELECT own.*, m."row" AS other FROM own JOIN mentions m USING (source, sheet))
    SELECT source, file, sheet, CASE WHEN count(DISTINCT other) > 1 THEN min(other) ELSE 0 END, place,
           CASE WHEN count(DISTINCT other) = 1 THEN 0
                ELSE coalesce(min(other) FILTER (WHERE other > place), place + 1) END
    FROM beside GROUP BY source, file, sheet, place"""


@dataclass(frozen=True)
class Around:
    """A piece of a sheet: its file and sheet, the header's row of letters, rows by number, and the cell itself.

    The rows are those of one firm and what stands above the first record: other firms' rows are nobody else's business.
    """

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
        found = connection.execute(_OWN, [mention]).fetchall()
    if not found:
        raise InputError(_("没有这条记录"), place=mention)
    source, file, sheet, top, own, below = found[0]
    try:
        row, column = coordinate_to_tuple(cell.upper())
    except ValueError as error:
        raise InputError(_("没有这个单元格"), place=cell) from error
    mine = [*range(max(top - HEAD, 1), top), *range(own, below)] if top < below else None
    if mine is not None and row not in mine:
        raise InputError(_("没有这个单元格"), place=cell)
    original = current.alliance().home / "sources" / source
    if not original.is_file():
        raise InputError(_("原件已经删除，只留下编号"), place=file, mend=_("如需查看，请向报送单位索取"))
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        link = Path(folder) / file
        link.symlink_to(original)
        sheets = {one.name: one for one in open_sheets(link, Path(folder))}
        shown = sheets.get(sheet) or next(iter(sheets.values()))
        wanted = mine or list(range(max(row - HEAD, 1), row + HEAD))
        numbers = [number for number in wanted if number <= shown.cells.num_rows]
        piece = shown.cells.take([number - 1 for number in numbers])
        texts = [[str(value or "") for value in one.values()] for one in piece.to_pylist()]
    letters = [get_column_letter(number + 1) for number in range(shown.cells.num_columns)]
    return Around(file, sheet, letters, list(zip(numbers, texts, strict=True)), row, get_column_letter(column), column)
