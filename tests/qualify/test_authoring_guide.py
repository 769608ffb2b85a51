"""The author's guide says what is so: its blocks make a rulebook, its answers come out, its mistakes are told so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import messages
from rongtong import qualify
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.expression import ExpressionError, FirmScope, condition
from rongtong.facts.imagined import snapshot

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "authoring.zh.md").read_text(encoding="utf-8")
NOTHING_BAD = {
    f"negative_records.{kind}.any[2020..2023]{end}": value
    for kind in ("abnormal", "dishonest", "safety")
    for end, value in (("", False), ("!settled", True))
}
COMMON = {
    "district": "崂山区", "independent_legal_person": True, "size_class": "小型", "revenue[2022]": 100_000_000,
    **NOTHING_BAD,
}  # fmt: skip
GIANT = {"titles": [{"kind": "专精特新小巨人", "granted_on": "2021-01-01", "valid_until": "2024-01-01"}]}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    blocks = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    file = tmp_path / "tour.yaml"
    file.write_text("\n".join(blocks), encoding="utf-8")
    return file


def granted(tmp_path: Path, book: Path, facts: dict) -> tuple[str, list[float]]:
    frozen = snapshot(tmp_path / str(len(facts)), [COMMON | facts], reference_date="2023-03-15")
    row = next(qualify.assess(frozen, book).rows())
    return row["verdict"], row["clauses"][-1]["points"]


def test_the_blocks_of_the_tour_are_a_rulebook_that_grants_what_the_guide_says(tmp_path, book):
    assert granted(tmp_path, book, GIANT | {"rd_expense[2022]": 6_000_000}) == ("qualified", [600_000, 600_000])
    assert granted(tmp_path, book, {"rd_expense[2022]": 3_000_000}) == ("undetermined", [150_000, 600_000])


@pytest.mark.parametrize(("district", "verdict"), [("黄岛区", "not_qualified"), (None, "undetermined")])
def test_a_firm_of_another_district_is_out_and_one_of_no_known_district_is_asked(tmp_path, book, district, verdict):
    firm = COMMON | GIANT | {"rd_expense[2022]": 6_000_000, "district": district}
    row = next(qualify.assess(snapshot(tmp_path / "s", [firm], reference_date="2023-03-15"), book).rows())
    assert (row["verdict"], row["missing"]) == (verdict, ["district"] if district is None else [])


def test_the_loose_case_is_loose(tmp_path, book):
    (loose,) = re.findall(r"\*\*有一处是松的。\*\* `([^`]+)`", TEXT)
    text = book.read_text(encoding="utf-8").replace("when: independent_legal_person", f'when: "{loose}"')
    book.write_text(text, encoding="utf-8")
    frozen = snapshot(tmp_path / "s", [{}], reference_date="2023-03-15")
    row = next(qualify.assess(frozen, book).rows())
    assert row["clauses"][1]["holds"] is None


def table(head: str) -> list[list[str]]:
    """The cells of the table below a head."""
    lines = TEXT.split(f"\n{head}\n", 1)[1].split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip().replace("\\|", "|") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", table("| 写的 | 说的 | 怎么改 |"), ids=lambda row: row[0])
def test_each_mistake_is_told_as_the_guide_says(row):
    written, told, mend = row
    with pytest.raises(ExpressionError) as refused:
        condition(written.strip("`"), FirmScope(catalogue()))
    assert (refused.value.what, refused.value.mend) == (told, mend)


@pytest.mark.parametrize("row", table("| 通知上写 | 规则里写 |"), ids=lambda row: row[0])
def test_each_line_of_the_table_can_be_read(row):
    (written,) = re.findall(r"`([^`]+)`", row[1])
    if "甲" not in written:
        condition(written, FirmScope(catalogue()))


def test_every_quoted_word_stands_on_a_page():
    said = {re.sub(r"%\(\w+\)s|\{\w+\}", "N", one) for one in messages.of_code() | messages.of_templates()}
    quoted = set(re.findall(r"「([^」]+)」", TEXT))
    assert quoted != set()
    assert sorted(quoted - said) == []


def test_every_page_it_leads_to_is_there():
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert [one for one in links if not (DOCS / one).is_file()] == []
