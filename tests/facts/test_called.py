"""Former and English names are facts: what sources say adds up, each name has its cell."""

from __future__ import annotations

import pytest

from making import code, put, rows
from rongtong import facts
from rongtong.errors import InputError
from rongtong.facts import Alliance

NAME = "青岛喆昇精密轴承有限公司"
ONE, OTHER, ABROAD = "青岛昌隆轴承厂", "青岛昌隆实业公司", "Qingdao Zhesheng Bearing Co., Ltd."
FIRM = {"name": NAME, "uscc": code(1)}
TOLD = {**FIRM, "former_name": f"1.{ONE}；2.{OTHER}（2015年更名）", "english_name": ABROAD}
NAMES = "SELECT former_name, english_name FROM firms"


def told(alliance: Alliance) -> list[tuple[str, str, str, str]]:
    """Field, name, file and cell of every former and English name."""
    found = facts.facts_table(alliance.settle()).to_pylist()
    return [(one["field"], one["value"], one["file"], one["cell"]) for one in found if one["field"].endswith("_name")]


def test_the_names_of_a_cell_are_facts(alliance):
    put(alliance, [TOLD])
    assert rows(alliance.settle(), NAMES) == [(f"{OTHER}；{ONE}", ABROAD)]


def test_what_sources_say_adds_up_and_stands_against_nothing(alliance):
    put(alliance, [TOLD], file="甲")
    put(alliance, [{**FIRM, "former_name": "青岛昌隆机械厂"}, {**FIRM, "former_name": f" {ONE} "}], file="乙")
    snapshot = alliance.settle()
    assert rows(snapshot, "SELECT former_name FROM firms") == [(f"{OTHER}；青岛昌隆机械厂；{ONE}",)]
    assert rows(snapshot, "FROM conflicts") == []


def test_a_name_in_two_spellings_is_one(alliance):
    put(alliance, [{**FIRM, "english_name": ABROAD.upper()}, {**FIRM, "english_name": ABROAD}])
    assert rows(alliance.settle(), "SELECT english_name FROM firms") == [(ABROAD,)]


def test_every_name_has_the_cell_that_tells_it(alliance):
    put(alliance, [TOLD], file="甲")
    put(alliance, [{**FIRM, "former_name": "青岛昌隆机械厂"}], file="乙")
    assert told(alliance) == [
        ("english_name", ABROAD, "甲", "C2"),
        ("former_name", OTHER, "甲", "D2"),
        ("former_name", "青岛昌隆机械厂", "乙", "C2"),
        ("former_name", ONE, "甲", "D2"),
    ]


def test_a_longer_name_does_not_tell_the_one_inside_it(alliance):
    put(alliance, [{**FIRM, "former_name": f"{ONE}分公司"}], file="甲")
    put(alliance, [{**FIRM, "former_name": ONE}], file="乙")
    assert {(name, file) for _field, name, file, _cell in told(alliance)} == {(f"{ONE}分公司", "甲"), (ONE, "乙")}


def test_the_page_of_the_firm_tells_every_cell(alliance):
    put(alliance, [TOLD], file="甲")
    put(alliance, [{**FIRM, "former_name": "青岛昌隆机械厂"}], file="乙")
    found = {one.slot: one for one in facts.facts_of(alliance.settle(), NAME)}
    fact = found["former_name"]
    assert (fact.value, {(one.file, one.cell) for one in fact.claims}, fact.open) == (
        f"{OTHER}；青岛昌隆机械厂；{ONE}", {("甲", "D2"), ("乙", "C2")}, False,
    )  # fmt: skip  # read by rows
    cells = facts.sources_of(alliance.settle(), ["former_name"]).to_pylist()
    assert sorted((one["file"], one["cell"]) for one in cells) == [("乙", "C2"), ("甲", "D2")]


def test_undo_leads_back(alliance):
    put(alliance, [FIRM], file="甲")
    before = alliance.settle().id
    alliance.undo(put(alliance, [TOLD], file="乙"))
    assert alliance.settle().id == before


def test_order_of_imports_does_not_matter(alliance, tmp_path):
    def ids(files: list[tuple[str, str]], home: Alliance) -> str:
        for file, name in files:
            put(home, [{**FIRM, "former_name": name}], file=file)
        return home.settle().id

    files = [("甲", ONE), ("乙", OTHER)]
    assert ids(files, alliance) == ids(files[::-1], Alliance.open(tmp_path / "二", create=True))


@pytest.mark.parametrize("text", [ONE, OTHER, ABROAD, ABROAD.upper(), "青島昌隆軸承廠"])
def test_a_firm_is_found_by_each(alliance, text):
    put(alliance, [TOLD, {"name": "青岛璟碁软件有限公司", "uscc": code(2)}])
    assert facts.find(alliance.settle(), text).n == facts.find(alliance.settle(), NAME).n


def test_a_row_under_a_former_name_is_the_firm_until_people_say_otherwise(alliance):
    put(alliance, [TOLD], file="甲")
    put(alliance, [{"name": OTHER, "address": "海尔路1号"}], file="乙")
    one = alliance.settle()
    entry = alliance.decide_different(NAME, rows(one, f"SELECT mention FROM mentions WHERE name = '{OTHER}'")[0][0])
    two = alliance.settle()
    alliance.undo(entry)
    counts = [snapshot.manifest["counts"]["firms"] for snapshot in (one, two, alliance.settle())]
    assert (counts, alliance.settle().id) == ([1, 2, 1], one.id)


def test_a_merge_brings_names_together_and_its_undo_takes_them_apart(alliance):
    put(alliance, [TOLD, {"name": "青岛璟碁软件有限公司", "former_name": "青岛璟碁信息厂"}])
    before = alliance.settle()
    entry = alliance.decide_same(NAME, "青岛璟碁软件有限公司")
    merged = rows(alliance.settle(), "SELECT former_name FROM firms")
    alliance.undo(entry)
    assert (merged, alliance.settle().id) == ([(f"{OTHER}；{ONE}；青岛璟碁信息厂",)], before.id)


def test_one_claim_cannot_be_chosen_before_another(alliance):
    put(alliance, [TOLD])
    with pytest.raises(InputError, match="合在一起"):
        alliance.decide_value(NAME, "former_name", ONE)
