"""The cell that a figure stands in is shown with its firm's own rows and the heading; other firms' rows are not."""

from __future__ import annotations

import pytest

from making import rows
from rongtong.errors import InputError
from rongtong.portal.people.models import Role
from rongtong.portal.registry import cells, current

pytestmark = pytest.mark.django_db
_ROWS = """
    SELECT mention, "row", f.firm FROM mentions JOIN firms f USING (n)
    WHERE file = '04崂山区优质企业台账.xlsx' AND sheet = '经营数据' ORDER BY "row" """


@pytest.fixture
def sheet(db) -> list[tuple[str, int, str]]:
    """The mentions of a sheet of one row a firm, by row: the first record stands in row 4."""
    found = rows(current.snapshot(), _ROWS)
    assert found[0][1] == 4
    return found


def shown(mention: str, row: int) -> list[int]:
    return [number for number, _texts in cells.around(mention, f"B{row}").rows]


@pytest.mark.parametrize("place", [0, 5, -1])
def test_the_heading_and_the_own_row_are_shown(sheet, place):
    mention, row, _firm = sheet[place]
    assert shown(mention, row) == [1, 2, 3, row]


def test_a_cell_of_the_heading_is_shown_with_the_same_rows(sheet):
    mention, row, _firm = sheet[5]
    assert shown(mention, 3) == [1, 2, 3, row]


@pytest.mark.parametrize("step", [-1, 1])
def test_another_row_of_the_sheet_is_refused(sheet, step):
    mention, row, _firm = sheet[5]
    with pytest.raises(InputError, match="没有这个单元格"):
        cells.around(mention, f"B{row + step}")


def test_the_row_under_the_last_firm_is_refused(sheet):
    mention, row, _firm = sheet[-1]
    with pytest.raises(InputError, match="没有这个单元格"):
        cells.around(mention, f"B{row + 1}")


@pytest.mark.parametrize(("step", "status"), [(0, 200), (1, 400)])
def test_the_page_shows_the_firms_own_row_and_no_other(sheet, own_firm, client_of, step, status):
    mention, row = next((mention, row) for mention, row, firm in sheet if firm == own_firm.id)
    assert client_of(Role.FIRM).get(f"/cells/{mention}/B{row + step}/").status_code == status


def test_a_record_that_is_none_is_told(db):
    with pytest.raises(InputError, match="没有这条记录"):
        cells.around("0" * 16, "A1")
