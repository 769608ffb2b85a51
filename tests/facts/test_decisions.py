"""Decisions: merge and un-merge, which claim wins, how a cell reads; what is stale, and what sleeps."""

from __future__ import annotations

import pytest

from making import SHEET, code, put, rows, table, value, values
from rongtong.errors import InputError, StaleDecisionError
from rongtong.facts import Alliance, importing

A = {"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}
B = {"name": "青岛璟碁软件有限公司", "uscc": code(2)}
C = {"name": "青岛海右化工有限公司", "uscc": code(3)}
REVENUE = "revenue[2021]"


def mention(alliance: Alliance, name: str) -> str:
    """The only mention that bears a name."""
    ((found,),) = rows(alliance.settle(), f"SELECT mention FROM mentions WHERE name = '{name}'")
    return found


def firms(alliance: Alliance) -> int:
    ((count,),) = rows(alliance.settle(), "SELECT count(*) FROM firms")
    return count


def reasons(alliance: Alliance) -> list[str]:
    return [row[0] for row in rows(alliance.settle(), "SELECT DISTINCT reason FROM claims ORDER BY reason")]


def tie(alliance: Alliance) -> None:
    """Two files that say different things about one firm; entries 1 and 2."""
    put(alliance, [{**A, REVENUE: "100.00"}], file="甲")
    put(alliance, [{**A, REVENUE: "200.00"}], file="乙")


# one firm or two


def test_merge_and_its_undo_lead_back(alliance):
    put(alliance, [A, B])
    before = alliance.settle().id
    number = alliance.decide_same(A["name"], B["name"], sure=True)
    assert firms(alliance) == 1
    alliance.undo(number)
    assert (firms(alliance), alliance.settle().id) == (2, before)


def test_ids_written_before_a_merge_resolve_after_it(alliance):
    put(alliance, [A, B])
    ids = [row[0] for row in rows(alliance.settle(), "SELECT firm FROM firms")]
    alliance.decide_same(A["name"], B["name"], sure=True)
    snapshot = alliance.settle()
    assert rows(snapshot, f"SELECT count(DISTINCT n) FROM mentions WHERE firm IN ('{ids[0]}', '{ids[1]}')") == [(1,)]
    with pytest.raises(InputError, match="已经是同一家"):
        alliance.decide_same(*ids, sure=True)


def test_a_merge_is_the_same_whoever_is_named_first(alliance, tmp_path):
    other = Alliance.open(tmp_path / "他处", create=True)
    for there, pair in ((alliance, (A, B)), (other, (B, A))):
        put(there, [A, B])
        there.decide_same(*(one["name"] for one in pair), sure=True)
    assert alliance.settle().id == other.settle().id


def test_two_mentions_of_one_code_decided_different_are_two_firms_until_undone(alliance):
    put(alliance, [A, {**B, "uscc": A["uscc"]}])
    before = alliance.settle().id
    number = alliance.decide_different(A["name"], B["name"])
    assert rows(alliance.settle(), "SELECT name FROM firms ORDER BY name") == sorted([(A["name"],), (B["name"],)])
    alliance.undo(number)
    assert (firms(alliance), alliance.settle().id) == (1, before)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_decided_different_the_second_leaves(alliance, turned):
    pair = [A, {**B, "uscc": A["uscc"]}]
    put(alliance, pair)
    put(alliance, [{**A, "name": None}], file="乙")
    first, second = (pair[1], pair[0]) if turned else pair
    alliance.decide_different(first["name"], second["name"])
    assert rows(
        alliance.settle(), f"SELECT count(*) FROM mentions WHERE name = '{second['name']}' AND why = 'alone'"
    ) == [(1,)]


def test_a_record_is_not_two_firms(alliance):
    put(alliance, [A])
    with pytest.raises(InputError, match="同一条记录"):
        alliance.decide_different(A["name"], A["uscc"])


@pytest.mark.parametrize("who", ["没有这家", "", "' OR 1=1 --"])
def test_nobody_by_that_name(alliance, who):
    put(alliance, [A])
    with pytest.raises(InputError):
        alliance.decide_same(A["name"], who)


# which claim wins


@pytest.mark.parametrize("text", ["100元", "0.01万"])
def test_a_decided_value_holds(alliance, text):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, text)
    assert (value(alliance, REVENUE), reasons(alliance)) == ("100.00", ["decided"])


def test_a_value_that_nobody_claims_is_refused(alliance):
    tie(alliance)
    with pytest.raises(InputError) as caught:
        alliance.decide_value(A["name"], REVENUE, "150元")
    assert ("100.00、200.00" in caught.value.mend, len(alliance.journal())) == (True, 2)


@pytest.mark.parametrize("share", ["0", "0.00000001"])
def test_a_share_of_nothing_can_be_decided(alliance, share):
    for file, said in (("甲", share), ("乙", "0.5")):
        put(alliance, [{**A, "main_revenue_share[2021]": said}], file=file)
    alliance.decide_value(A["name"], "main_revenue_share[2021]", share)
    assert float(value(alliance, "main_revenue_share[2021]")) == float(share)


@pytest.mark.parametrize(("amount", "held"), [("300.00", None), ("200.00", None), ("100.00", "100.00")])
def test_a_new_claim_that_differs_reopens(alliance, amount, held):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, "100元")
    put(alliance, [{**A, REVENUE: amount}], file="丙")
    assert value(alliance, REVENUE) == held


def test_what_was_reopened_can_be_decided_again(alliance):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, "100元")
    for file in "丙丁戊己庚":  # one of them comes before the others in the order of mentions
        put(alliance, [{**A, REVENUE: "300.00"}], file=file)
    alliance.decide_value(A["name"], REVENUE, "300元")
    assert (value(alliance, REVENUE), reasons(alliance)) == ("300.00", ["decided"])


def test_a_later_decision_counts_whatever_the_firm_is_called(alliance):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, "100元")
    for (named,) in rows(alliance.settle(), "SELECT mention FROM mentions ORDER BY mention"):
        for amount in ("100", "200"):
            alliance.decide_value(named, REVENUE, f"{amount}元")
            assert value(alliance, REVENUE) == f"{amount}.00"


def test_undo_of_a_decision_opens_the_conflict_again(alliance):
    tie(alliance)
    before = alliance.settle().id
    alliance.undo(alliance.decide_value(A["name"], REVENUE, "100元"))
    assert (value(alliance, REVENUE), alliance.settle().id) == (None, before)


def test_a_decision_on_an_undone_import_sleeps_and_wakes(alliance):
    tie(alliance)
    decided = alliance.decide_value(A["name"], REVENUE, "100元")
    after = alliance.settle().id
    undone, sleeping = alliance.undo(1)
    assert ([entry.number for entry in sleeping], value(alliance, REVENUE)) == ([decided], "200.00")
    alliance.undo(undone)
    assert alliance.settle().id == after


def test_firms_merged_after_each_was_decided_go_to_a_person(alliance):
    for file, amount in (("甲", "1"), ("乙", "2")):
        put(alliance, [{**A, REVENUE: amount}, {**B, REVENUE: f"{amount}0"}], file=file)
    alliance.decide_value(A["name"], REVENUE, "1元")
    alliance.decide_value(B["name"], REVENUE, "10元")
    alliance.decide_same(A["uscc"], B["uscc"], sure=True)
    assert (value(alliance, REVENUE), reasons(alliance)) == (None, ["reopened"])
    alliance.decide_value(A["uscc"], REVENUE, "10元")
    assert (value(alliance, REVENUE), reasons(alliance)) == ("10.00", ["decided"])


def test_a_decided_value_that_left_with_another_firm_leaves_what_is_claimed(alliance):
    put(alliance, [{**A, REVENUE: "100.00"}], file="甲")
    put(alliance, [{**B, "uscc": A["uscc"], REVENUE: "200.00"}], file="乙")
    alliance.decide_value(A["uscc"], REVENUE, "200元")
    alliance.decide_different(A["name"], B["name"])
    assert values(alliance.settle(), REVENUE) == {A["name"]: "100.00", B["name"]: "200.00"}


def test_a_decision_on_sources_that_agree_by_now_leaves_nothing_unknown(alliance):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, "100元")
    put(alliance, [{**A, REVENUE: "200.00"}], file="甲")
    assert value(alliance, REVENUE) == "200.00"


@pytest.mark.parametrize("slot", ["nothing", "ip", "revenue[", "ip.nothing", ""])
def test_an_unknown_slot_is_refused(alliance, slot):
    put(alliance, [A])
    with pytest.raises(InputError):
        alliance.decide_value(A["name"], slot, "1")


# how a cell reads


def test_a_corrected_cell_is_the_claim(alliance):
    put(alliance, [{**A, REVENUE: "100.00"}])
    alliance.correct_reading(1, "汇总表", "C2", "1.5万元")
    assert value(alliance, REVENUE) == "15000.00"


def test_a_later_correction_of_the_cell_counts_and_undo_leads_back(alliance):
    put(alliance, [{**A, REVENUE: "100.00"}])
    before = alliance.settle().id
    numbers = [alliance.correct_reading(1, "汇总表", "c2", text) for text in ("1万元", "2万元")]
    assert value(alliance, REVENUE) == "20000.00"
    for number in numbers:
        alliance.undo(number)
    assert alliance.settle().id == before


def test_a_cell_that_could_not_be_read_can_be_corrected(alliance):
    put(alliance, [{**A, REVENUE: None}, {**B, REVENUE: "1.00"}])
    alliance.correct_reading(1, "汇总表", "C2", "3元")
    assert values(alliance.settle(), REVENUE) == {A["name"]: "3.00", B["name"]: "1.00"}


def test_a_corrected_code_makes_the_firm_another(alliance):
    put(alliance, [A])
    put(alliance, [B], file="乙")
    alliance.correct_reading(2, "汇总表", "B2", A["uscc"])
    assert firms(alliance) == 1


def test_a_corrected_cell_can_win(alliance):
    tie(alliance)
    alliance.correct_reading(1, "汇总表", "C2", "150元")
    alliance.decide_value(A["name"], REVENUE, "150元")
    assert value(alliance, REVENUE) == "150.00"


def test_a_correction_of_a_superseded_reading_stays_with_the_cell(alliance):
    put(alliance, [{**A, REVENUE: "100.00"}])
    alliance.correct_reading(1, "汇总表", "C2", "150元")
    put(alliance, [{**A, REVENUE: "100.00", "district": "市南区"}])
    assert value(alliance, REVENUE) == "150.00"


@pytest.mark.parametrize("cell", ["D2", "C9", "C0", "2C", "", "CCCC2", "C2; DROP", "C2\n"])
def test_a_cell_without_a_value_read_is_refused(alliance, cell):
    put(alliance, [{**A, REVENUE: "100.00"}])
    with pytest.raises(InputError):
        alliance.correct_reading(1, "汇总表", cell, "1")


def test_a_reading_that_is_none_is_refused(alliance):
    put(alliance, [{**A, REVENUE: "100.00"}])
    with pytest.raises(InputError):
        alliance.correct_reading(1, "汇总表", "C2", "大概吧")


def test_two_files_of_one_name_are_told_apart_by_content(alliance, tmp_path):
    put(alliance, [{**A, REVENUE: "1.00"}], file="汇总.xlsx")
    put(alliance, [{**B, REVENUE: "2.00"}], file="另外.xlsx")
    path = tmp_path / "汇总.xlsx"
    path.write_text("另外.xlsx", encoding="utf-8")  # the bytes of a made file are its name
    alliance.correct_reading(path, "汇总表", "C2", "3元")
    assert values(alliance.settle(), REVENUE) == {A["name"]: "1.00", B["name"]: "3.00"}


# stale or not


def test_what_somebody_else_has_decided_since_is_refused(alliance):
    tie(alliance)
    alliance.decide_value(A["name"], REVENUE, "100元", answers=2)
    with pytest.raises(StaleDecisionError):
        alliance.decide_value(A["name"], REVENUE, "200元", answers=2)
    assert value(alliance, REVENUE) == "100.00"


NEWER = {
    "another claim": lambda a: put(a, [{**A, REVENUE: "300.00"}], file="丙"),
    "another file of the firm by name alone": lambda a: put(a, [{"name": A["name"], "district": "市南区"}], file="丙"),
    "another reading of its source": lambda a: put(a, [{**A, REVENUE: "300.00"}], file="甲"),
    "a merge": lambda a: a.decide_same(A["name"], C["name"], sure=True),
    "a correction": lambda a: a.correct_reading(1, "汇总表", "D2", "300元"),
    "a correction of the code": lambda a: a.correct_reading(1, "汇总表", "B2", code(9)),
    "a claim that was undone": lambda a: a.undo(put(a, [{**A, REVENUE: "300.00"}], file="丙")),
    "an undone import": lambda a: a.undo(2),
}
ELSEWHERE = {
    "another firm": lambda a: put(a, [{**B, REVENUE: "1.00"}], file="丙"),
    "another firm undone": lambda a: a.undo(put(a, [{**B, REVENUE: "1.00"}], file="丙")),
    "a heading": lambda a: a.decide_heading("营收", "revenue"),
    "another fact": lambda a: a.decide_value(A["name"], "district", "市南区"),
}


@pytest.fixture
def contested(alliance):
    """A tie on one firm's revenue, a settled district, another firm; entries 1 to 3."""
    put(alliance, [{**A, "district": "市南区", REVENUE: "100.00"}], file="甲")
    put(alliance, [{**A, REVENUE: "200.00"}], file="乙")
    put(alliance, [C], file="丁")
    return alliance


@pytest.mark.parametrize("newer", NEWER)
def test_a_decision_that_something_newer_touched_is_refused(contested, newer):
    NEWER[newer](contested)
    count = len(contested.journal())
    with pytest.raises(InputError):
        contested.decide_value(A["name"], REVENUE, "100元" if "correction" not in newer else "200元", answers=3)
    assert len(contested.journal()) == count


@pytest.mark.parametrize("newer", ELSEWHERE)
def test_something_newer_elsewhere_refuses_nothing(contested, newer):
    ELSEWHERE[newer](contested)
    contested.decide_value(A["name"], REVENUE, "100元", answers=3)
    assert values(contested.settle(), REVENUE)[A["name"]] == "100.00"


def test_a_merge_is_refused_when_one_side_was_merged_since(contested):
    put(contested, [B], file="戊")
    contested.decide_same(A["name"], C["name"], sure=True)
    with pytest.raises(StaleDecisionError):
        contested.decide_same(C["name"], B["name"], answers=4, sure=True)


def test_what_comes_between_looking_and_writing_is_seen(contested, monkeypatch):
    settle = Alliance.settle

    def slow(self, **given):
        snapshot = settle(self, **given)
        monkeypatch.setattr(Alliance, "settle", settle)
        put(contested, [{**A, REVENUE: "300.00"}], file="丙")
        return snapshot

    monkeypatch.setattr(Alliance, "settle", slow)
    with pytest.raises(StaleDecisionError):
        contested.decide_value(A["name"], REVENUE, "100元")


# headings


def test_a_decided_heading_goes_to_the_next_reading(alliance):
    alliance.decide_heading("营 收", "revenue")
    alliance.decide_heading("营收", "ignore")
    assert list(importing.headings(alliance.state()).values()) == ["ignore"]


def test_a_heading_decided_since_is_refused(alliance):
    alliance.decide_heading("营收", "revenue", answers=0)
    alliance.decide_heading("其他", "ignore", answers=0)
    with pytest.raises(StaleDecisionError):
        alliance.decide_heading("营收", "ignore", answers=0)


@pytest.mark.parametrize("slot", ["nothing", "revenue[", "ip"])
def test_a_heading_means_a_slot(alliance, slot):
    with pytest.raises(InputError):
        alliance.decide_heading("营收", slot)


def test_a_list_cell_can_be_corrected(alliance):
    put(alliance, table([{**A, "item": "ZL1", "ip.number": "ZL1", "ip.kind": "外观设计"}], list_id="ip"))
    alliance.correct_reading(1, "汇总表", "C2", "发明专利")
    assert rows(alliance.settle(), "SELECT item, kind FROM list_ip") == [("ZL1", "发明专利")]


@pytest.mark.parametrize("text", ["是（证书编号12）", "A.是"])
def test_an_answer_is_decided_as_it_is_imported(alliance, text):
    put(alliance, [{**A, "independent_legal_person": False}])
    alliance.correct_reading(1, SHEET, "C2", text)
    assert value(alliance, "independent_legal_person") == "true"


# two valid codes


def test_two_valid_codes_are_not_merged_without_a_word(alliance):
    put(alliance, [A, B])
    with pytest.raises(InputError) as refused:
        alliance.decide_same(A["name"], B["name"])
    assert refused.value.what == f"两家各有有效的统一社会信用代码：{A['uscc']} 与 {B['uscc']}"
    assert (len(alliance.journal()), firms(alliance)) == (1, 2)


@pytest.mark.parametrize("other", [None, "无", "91370200OOOOOOOOOO"])
def test_one_valid_code_needs_no_word(alliance, other):
    put(alliance, [A, {**B, "uscc": other}])
    alliance.decide_same(A["name"], B["name"])
    assert firms(alliance) == 1
