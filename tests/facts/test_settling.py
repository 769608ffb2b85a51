"""Settling: which claim is the fact, and what stays unknown; records, completeness, names and ids."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from making import code, home, put, rows, table, value, values
from rongtong.facts import Alliance

NAME = "青岛喆昇精密轴承有限公司"
REVENUE = "revenue[2021]"
FIRM = {"name": NAME, "uscc": code(1)}
OTHER = {"name": "青岛璟碁软件有限公司", "uscc": code(2)}


def claim(alliance: Alliance, amount: str | None, file: str, **more: str) -> int:
    """A file that says one firm's revenue of 2021."""
    return put(alliance, [{**FIRM, REVENUE: amount}], file=file, **more)


def reasons(alliance: Alliance) -> list[tuple[str, bool, str]]:
    """Every claim of a contested fact, with whether it was chosen and why."""
    return rows(alliance.settle(), "SELECT value, chosen, reason FROM claims ORDER BY n, slot, value")


def conflicts(alliance: Alliance) -> list[tuple[str, str]]:
    return rows(alliance.settle(), 'SELECT kind, "values" FROM conflicts ORDER BY n, slot')


def test_nothing_imported_is_a_snapshot_of_nobody(alliance):
    assert rows(alliance.settle(), "SELECT * FROM firms") == []


def test_everything_undone_is_nothing_imported(alliance):
    before = alliance.settle().id
    put(alliance, [FIRM])
    alliance.undo(1)
    assert alliance.settle().id == before


def test_a_folder_with_brackets_and_quotes_in_its_name_settles(alliance):
    put(alliance, [{**FIRM, REVENUE: "1.00"}])
    assert values(alliance.settle(), REVENUE) == {NAME: "1.00"}


def test_claims_that_agree_are_the_fact(alliance):
    claim(alliance, "100.00", "甲")
    claim(alliance, "100.00", "乙")
    assert (value(alliance, REVENUE), reasons(alliance)) == ("100.00", [])


def test_unknown_in_one_file_does_not_hide_what_another_says(alliance):
    claim(alliance, None, "甲", kind="audit_report")
    claim(alliance, "100.00", "乙")
    assert value(alliance, REVENUE) == "100.00"


def test_rank_beats_date(alliance):
    claim(alliance, "100.00", "甲", kind="audit_report", date="2021-01-01")
    claim(alliance, "200.00", "乙", kind="firm_form", date="2022-01-01")
    assert value(alliance, REVENUE) == "100.00"


def test_of_one_rank_the_later_date_wins(alliance):
    claim(alliance, "100.00", "甲", date="2022-01-01")
    claim(alliance, "200.00", "乙", date="2021-12-31")
    assert value(alliance, REVENUE) == "100.00"


def test_any_date_beats_none(alliance):
    claim(alliance, "100.00", "甲", date="1990-01-01")
    claim(alliance, "200.00", "乙", date=None)
    assert value(alliance, REVENUE) == "100.00"


def test_the_loser_is_kept(alliance):
    claim(alliance, "100.00", "甲", date="2022-01-01")
    claim(alliance, "200.00", "乙", date="2021-12-31")
    assert reasons(alliance) == [("100.00", True, "ranked"), ("200.00", False, "ranked")]


def test_a_kind_of_source_that_the_field_does_not_name_ranks_last(alliance):
    claim(alliance, "100.00", "甲", kind="unknown", date="2022-01-01")
    claim(alliance, "200.00", "乙", kind="district_workbook", date="2021-01-01")
    assert value(alliance, REVENUE) == "200.00"


def test_equal_rank_and_date_is_unknown(alliance):
    claim(alliance, "100.00", "甲")
    claim(alliance, "200.00", "乙")
    assert (value(alliance, REVENUE), conflicts(alliance)) == (None, [("tie", "100.00 / 200.00")])


def test_two_rows_of_one_file_that_differ_are_unknown(alliance):
    put(alliance, [{**FIRM, REVENUE: "100.00"}, {**FIRM, REVENUE: "200.00"}])
    assert value(alliance, REVENUE) is None


def test_two_rows_of_one_file_beside_a_list_are_one_firm(alliance):
    records = table([{**FIRM, "row": 2, "item": "ZL1", "ip.number": "ZL1"}], list_id="ip")
    facts = table([{**FIRM, REVENUE: "100.00"}, {**FIRM, REVENUE: "200.00"}])
    put(alliance, records, facts)
    assert values(alliance.settle(), REVENUE) == {NAME: None}
    assert rows(alliance.settle(), "SELECT count(*) FROM firms") == [(1,)]


def test_the_loser_of_lower_rank_does_not_break_a_tie(alliance):
    claim(alliance, "100.00", "甲")
    claim(alliance, "200.00", "乙")
    claim(alliance, "100.00", "丙", kind="unknown")
    assert value(alliance, REVENUE) is None


@pytest.mark.parametrize(("amount", "flagged"), [("100.50", []), ("100.51", [("ranked", "100.00 / 100.51")])])
def test_differences_are_flagged_beyond_the_tolerance(alliance, amount, flagged):
    claim(alliance, amount, "甲", kind="audit_report")
    claim(alliance, "100.00", "乙")
    assert (value(alliance, REVENUE), conflicts(alliance)) == (amount, flagged)


def test_texts_that_differ_are_flagged(alliance):
    put(alliance, [{**FIRM, "district": "市南区"}], file="甲", date="2022-01-01")
    put(alliance, [{**FIRM, "district": "市北区"}], file="乙", date="2021-01-01")
    assert conflicts(alliance) == [("ranked", "市北区 / 市南区")]


def test_a_conflict_of_one_firm_leaves_the_others_alone(alliance):
    put(alliance, [{**FIRM, REVENUE: "100.00"}, {**OTHER, REVENUE: "1.00"}], file="甲")
    claim(alliance, "200.00", "乙")
    assert values(alliance.settle(), REVENUE) == {NAME: None, OTHER["name"]: "1.00"}


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("registered_on", "2020-02-29"),
        ("main_revenue_share[2021]", "0.00000000"),
        ("main_revenue_share[2021]", "0.00000001"),
        ("revenue[2021]", "9999999999999999.99"),
        ("main_product", "<script>'\"; DROP TABLE firms;--\\ 喆昇𠮷🏭"),
    ],
)
def test_values_survive(alliance, slot, text):
    put(alliance, [{**FIRM, slot: text}])
    assert value(alliance, slot) == text


@pytest.mark.parametrize(
    "name", ['O\'Brien（青岛）"喆"有限公司', "<b>昇</b>有限公司", "青岛𠮷璟碁\\有限公司", "%_*[a]?"]
)
def test_names_survive(alliance, name):
    put(alliance, [{"name": name, "uscc": code(1)}])
    assert rows(alliance.settle(), "SELECT name FROM firms") == [(name,)]


@pytest.mark.parametrize("other", ["青島喆昇精密軸承有限公司", "青岛喆昇精密轴承", "青岛喆昇精密轴承有限责任公司"])
def test_a_later_list_without_codes_does_not_rename_a_firm(alliance, other):
    put(alliance, [FIRM], file="甲", date="2022-01-01")
    for day in range(1, 6):
        put(alliance, [{"name": other}], file=f"乙{day}", date=f"2022-06-0{day}")
    assert rows(alliance.settle(), "SELECT name FROM firms") == [(NAME,)]


def test_a_later_workbook_with_the_code_and_a_whole_name_does(alliance):
    put(alliance, [FIRM], file="甲", date="2022-01-01")
    put(alliance, [{**FIRM, "name": "青岛新名精密轴承有限公司"}], file="乙", date="2022-06-01")
    put(alliance, [{**FIRM, "name": "新名"}], file="丙", date="2022-07-01")
    assert rows(alliance.settle(), "SELECT name FROM firms") == [("青岛新名精密轴承有限公司",)]


def test_a_sheet_with_a_quote_in_its_name(alliance):
    put(alliance, table([{**FIRM, REVENUE: "1.00"}], sheet="六月'表\""))
    assert rows(alliance.settle(), "SELECT sheet FROM mentions") == [("六月'表\"",)]


def records(alliance: Alliance, columns: str, name: str = "ip") -> list[tuple]:
    return rows(alliance.settle(), f"SELECT {columns} FROM list_{name} ORDER BY n, item")


def test_one_key_from_two_sources_is_one_record_settled_by_attribute(alliance):
    key = {**FIRM, "item": "ZL1", "ip.number": "ZL1"}
    put(alliance, table([{**key, "ip.title": "甲", "ip.kind": None}], list_id="ip"), file="甲", kind="patent_office")
    put(alliance, table([{**key, "ip.title": "乙", "ip.kind": "发明专利"}], list_id="ip"), file="乙")
    assert records(alliance, "item, title, kind") == [("ZL1", "甲", "发明专利")]


def test_an_attribute_on_which_equals_differ_is_unknown(alliance):
    for title in "甲乙":
        put(alliance, table([{**FIRM, "item": "ZL1", "ip.title": title}], list_id="ip"), file=title)
    assert records(alliance, "item, title") == [("ZL1", None)]


def test_an_attribute_on_which_equals_below_the_best_differ_is_unknown(alliance):
    put(alliance, table([{**FIRM, "item": "ZL1", "ip.title": None}], list_id="ip"), file="丙", kind="patent_office")
    for title in "甲乙":
        put(alliance, table([{**FIRM, "item": "ZL1", "ip.title": title}], list_id="ip"), file=title)
    assert records(alliance, "item, title") == [("ZL1", None)]


def test_records_of_different_keys_add_up(alliance):
    for item in ("ZL1", "ZL2"):
        put(alliance, table([{**FIRM, "item": item, "ip.number": item}], list_id="ip"), file=item)
    assert records(alliance, "item") == [("ZL1",), ("ZL2",)]


def test_records_without_a_key_come_from_the_best_source_only(alliance):
    put(alliance, table([{**FIRM, "ip.title": "甲"}, {**FIRM, "ip.title": "乙"}], list_id="ip"), file="甲")
    put(alliance, table([{**FIRM, "ip.title": "丙"}], list_id="ip"), file="乙", kind="patent_office")
    assert records(alliance, "title") == [("丙",)]


def test_of_sources_of_one_rank_the_latest_gives_the_records_without_a_key(alliance):
    put(alliance, table([{**FIRM, "ip.title": "新"}], list_id="ip"), file="甲", date="2022-06-30")
    put(alliance, table([{**FIRM, "ip.title": "旧"}], list_id="ip"), file="乙", date="2021-06-30")
    assert records(alliance, "title") == [("新",)]


def test_a_key_that_looks_like_a_row_is_a_key(alliance):
    for file in "甲乙":
        put(
            alliance,
            table([{**FIRM, "item": "row house", "products.name": "row house"}], list_id="products"),
            file=file,
        )
    assert records(alliance, "item", "products") == [("row house",)]


def complete(alliance: Alliance) -> tuple:
    (found,) = rows(alliance.settle(), 'SELECT "ip!from", "ip!to" FROM firms ORDER BY n LIMIT 1')
    return found


@pytest.mark.parametrize(
    ("periods", "run"),
    [
        (["2019-2020"], (2019, 2020)),
        (["2019-2020", "2021-2022"], (2019, 2022)),
        (["2019-2020", "2022"], (2019, 2020)),
        (["2015-2016", "2020-2021"], (2020, 2021)),
        (["2015-2022", "2017", "2023"], (2015, 2023)),
        (["2017", "2016", "2018"], (2016, 2018)),
    ],
)
def test_completeness_is_the_longest_unbroken_run(alliance, periods, run):
    for period in periods:
        put(alliance, [FIRM], file=period, complete=[f"ip:{period}"])
    assert complete(alliance) == run


def test_a_later_import_without_a_statement_does_not_shorten_it(alliance):
    put(alliance, [FIRM], file="甲", complete=["ip:2019-2022"])
    put(alliance, [{**FIRM, REVENUE: "1.00"}], file="乙")
    assert complete(alliance) == (2019, 2022)


def test_completeness_is_of_the_firms_named_only(alliance):
    put(alliance, [FIRM], file="甲", complete=["ip:2019-2022"])
    put(alliance, [OTHER], file="乙")
    assert rows(alliance.settle(), 'SELECT name, "ip!to" FROM firms WHERE name <> \'\' ORDER BY "ip!to"') == [
        (NAME, 2022),
        (OTHER["name"], None),
    ]


def test_a_subset_can_be_complete_alone(alliance):
    put(alliance, [FIRM], complete=["ip.class_1:2020"])
    assert rows(alliance.settle(), 'SELECT "ip.class_1!from", "ip.class_1!to" FROM firms') == [(2020, 2020)]


def test_a_firm_id_stays_when_a_later_import_names_the_firm_first_in_order(alliance):
    put(alliance, [FIRM], file="甲")
    before = rows(alliance.settle(), "SELECT firm FROM firms")
    for n in range(6):
        put(alliance, [FIRM], file=f"乙{n}")
    assert rows(alliance.settle(), "SELECT firm FROM firms") == before


def test_a_firm_id_comes_back_after_undo(alliance):
    put(alliance, [FIRM], file="甲")
    put(alliance, [FIRM], file="乙")
    before = rows(alliance.settle(), "SELECT firm FROM firms")
    alliance.undo(1)
    alliance.undo(3)
    assert rows(alliance.settle(), "SELECT firm FROM firms") == before


def test_the_id_follows_from_the_state_not_from_how_it_was_reached(alliance):
    claim(alliance, "100.00", "甲")
    first = alliance.settle().id
    claim(alliance, "200.00", "乙")
    second = alliance.settle().id
    alliance.undo(2)
    assert (alliance.settle().id == first, second == first) == (True, False)


def test_a_settled_state_is_not_settled_again(alliance):
    claim(alliance, "100.00", "甲")
    steps = []
    alliance.settle()
    alliance.settle(progress=lambda step, _share: steps.append(step))
    assert steps == []


def test_a_lost_pointer_is_no_harm(alliance):
    claim(alliance, "100.00", "甲")
    first = alliance.settle()
    for pointer in (alliance.home / "snapshots" / "states").iterdir():
        pointer.write_text("")
    assert alliance.settle().id == first.id


SETTLE = """
import sys
sys.path[:0] = [sys.argv[2]]
from pathlib import Path
from making import code, home, put
alliance = home(Path(sys.argv[1]))
put(alliance, [{"name": "青岛喆昇有限公司", "uscc": code(1), "revenue[2021]": "1.50", "registered_on": "2020-02-29"}])
put(alliance, [{"name": "青岛喆昇有限公司", "uscc": code(1), "revenue[2021]": "1.60"}], file="乙")
print(alliance.settle().id)
"""


def test_two_homes_in_other_places_of_the_world_give_one_id(tmp_path):
    worlds = [{"TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "C"}, {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}]
    ids = {
        subprocess.run(
            [sys.executable, "-c", SETTLE, str(tmp_path / str(n)), str(Path(__file__).parents[1])],
            env={**os.environ, **world}, capture_output=True, text=True, check=True,
        ).stdout
        for n, world in enumerate(worlds)
    }  # fmt: skip  # read by rows
    assert len(ids) == 1


def test_a_home_elsewhere_gives_the_same_id_and_firm(tmp_path):
    found = []
    for place in ("甲", "乙"):
        there = home(tmp_path / place)
        claim(there, "100.00", "甲")
        found.append((there.settle().id, rows(there.settle(), "FROM firms")))
    assert found[0] == found[1]
