"""The workbooks: what they hold is what the account of cells says."""

import csv
import hashlib
from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from python_calamine import load_workbook

from rongtong import yaml12
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import catalogue
from rongtong.errors import InputError
from rongtong.qualify.shelf import JUDGED, editions
from rongtong.sample import Sample, generate, summary
from rongtong.sample.layouts import load

UNITS = {"（万元）": 10_000, "（元）": 1, "（千元）": 1_000, "（亿元）": 100_000_000, "(元)": 1}
Cells = dict[str, dict[tuple[int, int], str]]


def text(value: object) -> str:
    """A value as the account writes it: dates without a time, whole numbers without a point."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value)


def stands(path: Path) -> Cells:
    """What stands in the file, by sheet, row from 1 and column from 0."""
    if path.suffix == ".csv":
        with path.open(encoding="gb18030" if "李沧" in path.name else "utf-8-sig", newline="") as file:
            rows = {path.stem[2:]: list(csv.reader(file))}
    elif path.suffix == ".xls":
        book = load_workbook(path)
        rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    else:
        pages = openpyxl.load_workbook(path, data_only=True)
        rows = {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in pages}
    return {
        sheet: {
            (line, column): text(value)
            for line, row in enumerate(lines, 1)
            for column, value in enumerate(row)
            if value not in (None, "")
        }
        for sheet, lines in rows.items()
    }


def accounted(cells: pa.Table, file: str) -> Cells:
    found: Cells = defaultdict(dict)
    for one in cells.filter(pc.equal(cells["file"], file)).to_pylist():
        shown = one["shown"]
        number = shown.replace(".", "", 1).lstrip("-").isdigit() and shown.endswith(".0")
        found[one["sheet"]][one["row"], one["column"]] = shown[:-2] if number else shown
    return found


FILES = [book.file for book in load("districts.yaml") + load("ledgers.yaml")]


@pytest.mark.parametrize("file", FILES)
def test_what_stands_in_a_file_is_what_the_account_says(made: Sample, cells: pa.Table, file: str) -> None:
    account = accounted(cells, file)
    standing = stands(made.path / file)
    for sheet, expected in account.items():
        assert {place: standing[sheet][place] for place in expected} == expected


@pytest.mark.parametrize("file", FILES)
def test_every_cell_below_the_headings_is_accounted_for(made: Sample, cells: pa.Table, file: str) -> None:
    """But for headings of streets and notes, which stand in the first column."""
    account = accounted(cells, file)
    for sheet, found in stands(made.path / file).items():
        top = min((row for row, _ in account.get(sheet, {})), default=10**6)
        left = [place for place in found if place[0] >= top and place[1] > 0 and place not in account[sheet]]
        assert left == []


def test_plain_amounts_are_the_number_times_the_unit_of_the_heading(made: Sample, cells: pa.Table) -> None:
    plain = cells.filter(pc.and_(pc.equal(cells["kind"], "clean"), pc.equal(cells["type"], "money")))
    wrong = []
    for file in pc.unique(plain["file"]).to_pylist():
        standing = stands(made.path / file)
        for one in plain.filter(pc.equal(plain["file"], file)).to_pylist():
            above = [
                standing[one["sheet"]].get((row, column), "")
                for row in range(5)
                for column in range(one["column"], -1, -1)
            ]
            unit = next(size for text in _nearest(above, one["column"]) for mark, size in UNITS.items() if mark in text)
            if Decimal(one["shown"]) * unit != Decimal(one["value"]):
                wrong.append(one)
    assert wrong == []


def _nearest(above: list[str], column: int) -> list[str]:
    """Headings by their distance to the left: a merged heading stands in its first column."""
    width = column + 1
    return [above[level * width + step] for step in range(width) for level in range(len(above) // width - 1, -1, -1)]


def test_what_cells_say_is_true_of_the_firm_but_for_figures_sent_twice(made: Sample, cells: pa.Table) -> None:
    slot = "revenue[2021]"
    said = cells.filter(pc.and_(pc.equal(cells["slot"], slot), pc.equal(cells["kind"], "clean")))
    true = made.firms[slot].take(said["n"]).to_pylist()
    apart = [n for n, one, other in zip(said["n"].to_pylist(), said["value"].to_pylist(), true, strict=True)
             if abs(Decimal(one) - other) > 5_000]  # fmt: skip
    assert len(apart) <= 0.02 * said.num_rows


def test_wu_is_an_answer_where_a_yes_or_a_level_is_asked(cells: pa.Table) -> None:
    asked = cells.filter(
        pc.and_(pc.is_in(cells["type"], pa.array(["boolean", "level"])), pc.equal(cells["shown"], "无"))
    )
    assert asked.num_rows > 0
    assert asked["value"].null_count == 0


def page(made: Sample, start: str, *, values: bool = False) -> Any:
    file = next(file for file in FILES if start in file)
    return openpyxl.load_workbook(made.path / file, data_only=values).worksheets[0]


def test_a_formula_holds_what_it_would_compute(made: Sample) -> None:
    texts, values = page(made, "/05"), page(made, "/05", values=True)
    assert texts["S4"].value == "=ROUND(R4/Q4,4)"
    apart = [
        row
        for row in range(4, values.max_row + 1)
        if values[f"S{row}"].value != round(values[f"R{row}"].value / values[f"Q{row}"].value, 4)
    ]
    assert apart == []


def test_helper_columns_are_hidden(made: Sample) -> None:
    dimensions = page(made, "/05").column_dimensions
    assert [name for name, dimension in dimensions.items() if dimension.hidden] == ["A", "X"]


def test_headings_are_merged_across_and_down(made: Sample) -> None:
    merged = {str(area) for area in page(made, "/02").merged_cells.ranges}
    assert {"F3:H3", "I3:K3", "A3:A4", "A1:V1"} <= merged


def test_a_firm_is_merged_over_its_three_years(made: Sample) -> None:
    merged = {str(area) for area in page(made, "/06").merged_cells.ranges}
    assert {"A4:A6", "B4:B6", "A7:A9"} <= merged


def test_every_kind_of_cell_occurs(cells: pa.Table) -> None:
    assert set(pc.unique(cells["kind"]).to_pylist()) == {"clean", "messy", "ambiguous", "contact", "ignore"}


def test_only_clean_and_messy_cells_say_anything(cells: pa.Table) -> None:
    said = pc.unique(cells.filter(pc.is_valid(cells["value"]))["kind"]).to_pylist()
    assert sorted(said) == ["clean", "messy"]


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(folder: Path) -> None:
    generate(folder / "a", firms=200)
    generate(folder / "b", firms=200)
    assert digest(folder / "a") == digest(folder / "b")


def test_workbooks_do_not_bear_the_time_of_writing(made: Sample) -> None:
    written = openpyxl.load_workbook(made.path / FILES[0]).properties
    assert (written.created, written.modified) == (datetime(2022, 10, 20), datetime(2022, 10, 20))


def test_another_seed_gives_other_files(folder: Path) -> None:
    generate(folder / "a", firms=200, seed=1)
    generate(folder / "b", firms=200, seed=2)
    one, other = digest(folder / "a"), digest(folder / "b")
    assert [file for file in one if file != "imports.yaml" and one[file] == other[file]] == []


def test_the_manifest_names_every_workbook_once(made: Sample) -> None:
    imports = yaml12.load((made.path / "imports.yaml").read_text(encoding="utf-8"))["imports"]
    written = {str(path.relative_to(made.path)) for path in made.path.rglob("*.*") if path.parent.parent == made.path}
    listed = [one["file"] for one in imports]
    assert sorted(listed) == sorted(file for file in written if not file.startswith("truth"))
    assert imports == list(made.imports)


def test_imports_speak_of_sources_and_subsets_that_the_catalogue_knows(made: Sample) -> None:
    known = catalogue()
    for one in made.imports:
        assert one["source"] in known.source_kinds
        for statement in one["complete"]:
            (name, _, subset), years = statement.split(":")[0].partition("."), statement.split(":")[1]
            assert (known[name].subset(subset) is not None, years) == (True, "2019-2022")


def test_lists_have_the_attributes_of_the_catalogue(made: Sample) -> None:
    for name, records in made.population.lists.items():
        known = {attribute.id for attribute in catalogue()[name].attributes}
        assert set(records.column_names) - {"n"} <= known


def test_replies_settle_every_negative_subset_that_the_demonstration_asks_for(made: Sample) -> None:
    settled = {statement.split(":")[0] for one in made.imports for statement in one["complete"]}
    deciding = [one for name in JUDGED for one in editions(name)[0].deciding]
    tests = [clause.condition for one in deciding for clause in one.walk() if clause.condition is not None]
    asked = {
        f"{one.list}.{one.subset}" for test in tests for one in tree.aggregates(test) if one.list == "negative_records"
    }
    assert {name for name in settled if name.startswith("negative")} == asked


def test_summary_counts_firms_members_and_titles_apart(made: Sample) -> None:
    found = summary(made)
    tiers = ("专精特新小巨人", "省级专精特新", "市级专精特新")
    assert found["firms"] == 400
    assert [found["titles"][kind] for kind in tiers] == [7, 15, 356]
    assert found["holders"] < sum(found["titles"][kind] for kind in tiers)
    assert 0 < found["members"] < found["firms"]


@pytest.mark.parametrize(("firms", "workbooks"), [(99, False), (400_000, True)])
def test_sizes_that_cannot_be_are_refused(folder: Path, firms: int, workbooks: bool) -> None:
    with pytest.raises(InputError):
        generate(folder, firms=firms, workbooks=workbooks)
    assert not folder.exists()
