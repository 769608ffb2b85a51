"""The cheapest path: applied it turns the verdict, no cheaper one does, and what it assumes is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualify.firms import firms, forgetful
from qualify.reference import Firm
from rongtong import qualify
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot
from rongtong.qualify import shelf
from rongtong.qualify.path_answer import Paths
from rongtong.qualify.paths import path
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions, load
from rongtong.qualify.solver import cp_model, solved

#: What is known on SINCE is said of 2021, a year that is not over yet: all levers reach AT.
#: On EARLY 2020 is not either.
SINCE, AT = date(2021, 1, 15), date(2022, 10, 31)
EARLY = "2020-01-15"
BOOKS = ("cn/srdi-sme", "cn/innovative-sme")
some = settings(max_examples=12, suppress_health_check=list(HealthCheck), derandomize=True)
few = settings(some, max_examples=5)

HEAD = """\
kind: rulebook
id: test/small
edition: "1"
title: 小
source: {document: 小}
authority: 小
territory: 小
in_force: [{purpose: new, from: 2020-01-01}]
"""
#: Amounts of a few cents, so that every value within reach can be tried; each with the levers it hangs on.
CONDITIONS = {
    "revenue[Y] >= 0.07元": {"revenue[2021]"},
    "rd_expense[Y] / revenue[Y] >= 50%": {"revenue[2021]", "rd_expense[2021]"},
    "rd_expense[Y] >= 0.03元": {"rd_expense[2021]"},
    "total_liabilities[Y] <= 0.02元": {"total_liabilities[2021]"},
    "rd_staff[Y] / staff[Y] > 40%": {"rd_staff[2021]", "staff[2021]"},
    "mean(rd_expense[Y], rd_expense[Y-1]) >= 0.02元": {"rd_expense[2021]"},
    "rd_staff[Y] >= 7人": {"rd_staff[2021]", "staff[2021]"},
    "not rd_staff[Y] < 3人": {"rd_staff[2021]"},
    "not rd_staff[Y] > 3人": {"rd_staff[2021]"},
    "digital_level >= 三级 or qms_certified": {"digital_level", "qms_certified"},
    "digital_level = 二级": {"digital_level"},
    "count(ip.class_2) >= 2项": {"ip.class_2"},
    "standards_count >= 1项 and own_brand": {"standards_count", "own_brand"},
}
#: The same of two years, both of which are open on EARLY.
YEARS = {
    "rd_expense[Y] >= 0.03元": {"rd_expense[2021]"},
    "rd_expense[Y-1] >= 0.02元": {"rd_expense[2020]"},
    "mean(rd_expense[Y], rd_expense[Y-1]) >= 0.04元": {"rd_expense[2021]", "rd_expense[2020]"},
    "rd_expense[Y-1] / revenue[Y-1] >= 50%": {"rd_expense[2020]", "revenue[2020]"},
    "cagr(revenue[Y], revenue[Y-1]) >= 25%": {"revenue[2021]", "revenue[2020]"},
    "revenue[Y] - revenue[Y-1] >= 0.02元": {"revenue[2021]", "revenue[2020]"},
    "revenue[Y-1] >= 0.05元": {"revenue[2020]"},
    "qms_certified or rd_expense[Y-1] > 0.03元": {"qms_certified", "rd_expense[2020]"},
}
SHEET = """\
score:
  max: 17
  groups:
    - id: all
      title: 全部
      max: 17
      criteria:
        - {id: i1, title: 数, max: 5, bands: [{points: 5, when: digital_level >= 三级},
           {points: 2, when: digital_level = 二级}, {points: 0, otherwise: true}]}
        - {id: i2, title: 质, max: 4, each: 3, cap: 4, items: [{title: 认证, when: qms_certified},
           {title: 品牌, when: own_brand}]}
        - id: i3
          title: 研
          max: 5
          best_of:
            - {value: "rd_expense[Y]", bands: [{points: 5, from: 0.04元}, {points: 2, from: 0.02元, below: 0.04元},
               {points: 0, below: 0.02元}]}
            - {value: "rd_intensity[Y]", bands: [{points: 4, from: 40%}, {points: 0, below: 40%}]}
        - {id: i4, title: 债, max: 3, value: "total_liabilities[Y]", bands: [{points: 3, to: 0.01元},
           {points: 1, above: 0.01元, to: 0.03元}, {points: 0, above: 0.03元}]}
"""
SHEET_LEVERS = {"digital_level", "qms_certified", "own_brand", "rd_expense[2021]", "revenue[2021]",
                "total_liabilities[2021]"}  # fmt: skip
LEVELS = ["一级", "二级", "三级", "四级"]
BASE: dict[str, Any] = {
    "revenue[2019]": Decimal("0.04"), "revenue[2020]": Decimal("0.04"), "revenue[2021]": Decimal("0.04"),
    "rd_expense[2020]": Decimal("0.01"), "rd_expense[2021]": Decimal("0.01"), "standards_count": 0,
    "total_liabilities[2021]": Decimal("0.04"), "staff[2021]": 5, "rd_staff[2021]": 1, "digital_level": "一级",
    "qms_certified": False, "own_brand": False, "ip.class_2": 0,
}  # fmt: skip
#: Of each lever: the values within reach, the effort, and what change counts as a whole.
REACH = {
    "revenue[2021]": ([Decimal(n) / 100 for n in range(4, 9)], 9, Decimal("0.04")),
    "rd_expense[2021]": ([Decimal(n) / 100 for n in range(1, 12)], 3, Decimal("0.01")),
    "total_liabilities[2021]": ([Decimal(n) / 100 for n in range(4, -1, -1)], 3, Decimal("0.04")),
    "staff[2021]": (list(range(5, 11)), 3, 5),
    "rd_staff[2021]": (list(range(1, 12)), 3, 1),
    "digital_level": (LEVELS, 1, None),
    "qms_certified": ([False, True], 3, None),
    "own_brand": ([False, True], 3, None),
    "standards_count": ([0, 1, 2], 9, 1),
    "ip.class_2": ([0, 1, 2, 3], 1, 1),
}
REACH |= {one.replace("2021", "2020"): REACH[one] for one in ("revenue[2021]", "rd_expense[2021]")}


def change(slot: str, value: Any) -> Decimal:
    """How much a value is changed, relative to what there was."""
    _values, _effort, whole = REACH[slot]
    if whole is None:
        places = REACH[slot][0]
        return Decimal(places.index(value)) / (len(places) - 1)
    return abs(Decimal(value) - Decimal(BASE[slot])) / Decimal(whole)


def every(base: dict[str, Any], levers: list[str]) -> Iterator[dict[str, Any]]:
    """*base* with every combination of what the levers reach; R&D staff is a part of the staff."""
    for values in itertools.product(*(REACH[one][0] for one in levers)):
        facts = base | dict(zip(levers, values, strict=True))
        if facts["rd_staff[2021]"] <= facts["staff[2021]"]:
            yield facts


def cost(facts: dict[str, Any], levers: list[str]) -> tuple[int, Decimal]:
    moved = [one for one in levers if facts[one] != BASE[one]]
    return sum(REACH[one][1] for one in moved), sum((change(one, facts[one]) for one in moved), Decimal(0))


def cheapest(book: Rulebook, base: dict[str, Any], levers: list[str]) -> tuple[int, Decimal] | None:
    """By trying all of them."""
    able = (cost(facts, levers) for facts in every(base, levers) if Firm(book, facts, AT).verdict is True)
    return min(able, default=None)


def applied(facts: dict[str, Any], found: Paths) -> dict[str, Any]:
    steps = found.paths[0].steps
    return (
        facts
        | {one.slot: one.after for one in steps}
        | {one.slot: facts.get(one.slot, 0) + one.after for one in steps if one.slot.startswith("ip.")}
    )


def small(folder: Path, conditions: list[str], score: int) -> Path:
    """A rulebook of some conditions and, unless it is 0, a score."""
    lines = [f"  - {{id: c{k}, title: 条件, when: '{text}'}}" for k, text in enumerate(conditions)]
    lines += [f"  - {{id: points, title: 得分, when: score >= {score}分}}"] if score else []
    file = folder / "small.yaml"
    file.write_text(f"{HEAD}conditions:\n" + "\n".join(lines) + "\n" + (SHEET if score else ""), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return snapshot(tmp_path_factory.mktemp("path") / "base", [BASE], reference_date=SINCE.isoformat())


@some
@given(st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=1, max_size=3, unique=True))
def test_no_cheaper_path_turns_a_verdict_by_clauses(base, tmp_path_factory, conditions):
    compare(base, small(tmp_path_factory.mktemp("small"), conditions, 0), set().union(*map(CONDITIONS.get, conditions)))


@some
@given(st.lists(st.sampled_from(sorted(YEARS)), min_size=1, max_size=3, unique=True))
def test_no_cheaper_path_turns_a_verdict_over_several_years(base, tmp_path_factory, conditions):
    levers = set().union(*map(YEARS.get, conditions))
    compare(base, small(tmp_path_factory.mktemp("years"), conditions, 0), levers, EARLY)


@pytest.mark.parametrize("score", [6, 11])
def test_no_cheaper_path_turns_a_verdict_by_points(base, tmp_path, score):
    compare(base, small(tmp_path, [], score), SHEET_LEVERS)


@pytest.mark.parametrize(
    ("score", "territory"), [(9, "山东省其他市"), (13, "山东省其他市"), (14, "山东省其他市"), (3, "青岛市")]
)
def test_no_cheaper_path_turns_a_verdict_by_a_local_sheet(tmp_path, score, territory, monkeypatch):
    monkeypatch.setattr(shelf, "shelf", lambda: tmp_path / "shelf")
    (tmp_path / "shelf/test/local").mkdir(parents=True)
    small(tmp_path, [], 1).rename(tmp_path / "shelf/test/local/1.yaml")
    sheet = """score:
  max: 20
  groups:
    - id: all
      title: 全部
      max: 20
      criteria:
        - {id: j1, title: 标准, max: 3, bands: [
           {points: 3, when: standards_count >= 1项}, {points: 0, otherwise: true}]}
        - {id: j2, title: 地方, max: 17, stated: local_score,
           local: {when: territory = 山东省其他市, rulebook: test/local, edition: "1"}}
"""
    file = tmp_path / "whole.yaml"
    file.write_text(f"{HEAD}conditions:\n  - {{id: c, title: 分, when: score >= {score}分}}\n{sheet}", encoding="utf-8")
    facts = BASE | {"territory": territory}
    found = path(snapshot(tmp_path / "s", [facts], reference_date=SINCE.isoformat()), file, "f0", at=AT)
    compare_with(facts, found, file, SHEET_LEVERS | {"standards_count"})


def compare(base, file: Path, levers: set[str], since: str | None = None) -> None:
    compare_with(BASE, path(base, file, "f0", as_of=since, at=AT), file, levers)


def compare_with(base: dict[str, Any], found: Paths, file: Path, levers: set[str]) -> None:
    (one,) = found.paths
    least = cheapest(load(file), base, sorted(levers))
    assert one.possible == (least is not None or one.supplies != ())
    if least and not one.supplies:
        facts = applied(base, found)
        assert Firm(load(file), facts, AT).verdict is True
        assert cost(facts, sorted(levers)) == least
        assert one.effort == least[0]


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@few
@given(st.lists(firms, min_size=1, max_size=1))
def test_a_path_applied_turns_the_verdict(rulebook, tmp_path_factory, drawn):
    facts = {name: value for name, value in drawn[0].items() if name != "ip"} | {
        "ip.class_1": 0, "ip.class_1_own": 0, "ip.class_1_high_value": 0, "ip.class_2": 0}  # fmt: skip
    frozen = snapshot(tmp_path_factory.mktemp("s") / "s", [facts], reference_date=SINCE.isoformat())
    found = path(frozen, rulebook, "f0", at=AT, edition="2022")
    book = editions(rulebook)[0]
    one = found.paths[0]
    assert (one.verdict == "qualified") == (Firm(book, facts, AT).verdict is True)
    assert one.supplies == ()
    if one.possible:
        after = applied(facts, found)
        after |= {"ip.class_1": after["ip.class_1"] + after["ip.class_1_own"]}
        assert Firm(book, after, AT).verdict is True


def test_a_compound_rate_is_met_to_the_cent(base, tmp_path):
    file = small(tmp_path, ["cagr(revenue[Y], revenue[Y-2]) >= 10%"], 0)  # 0.04 × 1.1² = 0.0484
    assert [(one.slot, one.after) for one in path(base, file, "f0", at=AT).paths[0].steps] == [
        ("revenue[2021]", Decimal("0.05"))
    ]


def test_what_is_not_linear_stays_as_it_is_and_is_said(base, tmp_path):
    file = small(tmp_path, ["mean(rd_expense[Y] / revenue[Y], total_liabilities[Y] / rd_expense[Y]) >= 500%"], 0)
    one = path(base, file, "f0", at=AT).paths[0]
    assert (one.possible, one.fixed) == (False, ("rd_expense[2021]", "revenue[2021]", "total_liabilities[2021]"))


FULL: dict[str, Any] = {
    "revenue[2021]": Decimal(50_000_000), "rd_expense[2021]": Decimal(900_000), "segment_years[2021]": Decimal("1.5"),
}  # fmt: skip
NOW = "2022-10-31"


def found(tmp_path: Path, facts: dict[str, Any], *conditions: str, **given_: Any) -> Paths:
    frozen = snapshot(tmp_path / "s", [facts])
    return path(frozen, small(tmp_path, list(conditions), 0), "f0", **given_)


def test_figures_of_years_to_come_are_those_of_the_last_known_and_what_ages_is_older(tmp_path):
    one = found(tmp_path, FULL, "segment_years[Y] >= 2年", "revenue[Y] >= 5000万元", at="2023-10-31").paths[0]
    assert (one.possible, one.waiting, one.steps) == (True, True, ())
    assert sorted((each["slot"], each["from"], float(each["value"])) for each in one.assumptions) == [
        ("revenue[2022]", "revenue[2021]", 50_000_000.0),
        ("segment_years[2022]", "segment_years[2021]", 2.5),
    ]


def test_waiting_alone_is_a_path_with_its_day(tmp_path):
    answer = found(tmp_path, FULL, "segment_years[Y] >= 3年")
    assert [(one.at.year, one.possible) for one in answer.paths] == [(2022, False), (2023, False), (2024, True)]
    assert (answer.waiting, answer.first.at) == (date(2024, 10, 31), date(2024, 10, 31))


def test_an_old_record_falls_out_of_the_window_and_nothing_new_is_assumed(tmp_path):
    facts = FULL | {"negative_records": [{"kind": "偷漏税", "year": 2019}],
                    "negative_records!from": 2015, "negative_records!to": 2022}  # fmt: skip
    answer = found(tmp_path, facts, "not any(negative_records.tax during Y-2..Y+1)")
    assert [(one.verdict, one.waiting) for one in answer.paths] == [("not_qualified", False), ("qualified", True)]
    assert [dict(one) for one in answer.paths[-1].assumptions] == [
        {"slot": "negative_records", "from": None, "value": None}
    ]


def test_who_said_none_of_the_years_up_to_now_is_taken_to_say_so_later(tmp_path):
    facts = {"negative_records.tax.any[2019..2022]": False, "negative_records.tax.any[2019..2022]!settled": True}
    answer = found(tmp_path, facts, "not any(negative_records.tax during Y-2..Y+1)", at="2024-10-31")
    assert answer.paths[0].waiting


def test_sums_of_years_to_come_are_nothing(tmp_path):
    facts = {f"financing.qualified.amount[{year}]": amount for year, amount in ((2020, 0), (2021, 20_000_000))}
    condition = "sum(financing.qualified.amount during Y-1..Y) >= 2000万元"
    verdicts = [found(tmp_path, facts, condition, at=f"{year}-10-31").paths[0].verdict for year in (2022, 2023, 2024)]
    assert verdicts == ["qualified", "qualified", "not_qualified"]


def test_closed_books_do_not_change(tmp_path):
    assert not found(tmp_path, FULL, "rd_expense[Y] >= 100万元", at=NOW).paths[0].possible


def test_a_step_says_what_it_takes_and_what_it_brings(tmp_path):
    (step,) = found(tmp_path, FULL, "rd_expense[Y] >= 100万元", at="2024-10-31").paths[0].steps
    assert (step.slot, float(step.before), float(step.after)) == ("rd_expense[2023]", 900_000.0, 1_000_000.0)
    assert (step.effort, step.months, step.day, step.clauses) == ("medium", 3, date(2023, 12, 31), ("c0",))
    assert step.papers == ("研发费用专项审计报告", "研发支出辅助账")


def test_a_missing_fact_is_handed_in_before_anything_is_changed(tmp_path):
    one = found(tmp_path, FULL, "rd_expense[Y] >= 100万元 or qms_certified", at="2023-10-31").paths[0]
    assert (one.effort, one.steps, [each.fact for each in one.supplies]) == (0, (), ["qms_certified"])
    assert one.supplies[0].clauses == ("c0",)


def test_stated_points_are_hoped_for_no_more_than_needed(tmp_path):
    facts = FULL | {"digital_level": "三级", "rd_expense[2021]": Decimal(0)}
    sheet = """score:
  max: 20
  groups:
    - id: all
      title: 全部
      max: 20
      criteria:
        - {id: i1, title: 数, max: 5, bands: [{points: 5, when: digital_level >= 三级}, {points: 0, otherwise: true}]}
        - {id: i2, title: 地, max: 15, stated: local_score}
"""
    file = tmp_path / "stated.yaml"
    file.write_text(f"{HEAD}conditions:\n  - {{id: c, title: 分, when: score >= 12分}}\n{sheet}", encoding="utf-8")
    one = path(snapshot(tmp_path / "s", [facts]), file, "f0", at=NOW).paths[0]
    assert [(each.fact, each.clauses, each.at_least) for each in one.supplies] == [("local_score", ("i2",), 7.0)]


def test_nothing_leads_where_no_lever_does(tmp_path):
    one = found(tmp_path, FULL | {"size_class": "大型"}, "size_class in (微型, 小型)").paths[-1]
    assert (one.possible, one.steps, one.supplies) == (False, (), ())


def test_where_nothing_leads_it_says_which_clauses_nothing_turns(tmp_path):
    facts = FULL | {"size_class": "大型", "qms_certified": False}
    asked = ("size_class in (微型, 小型)", "rd_expense[Y] >= 100万元", "not qms_certified", "segment_years[Y] >= 1年")
    assert found(tmp_path, facts, *asked, at="2024-10-31").paths[0].blocking == ("c0",)


def test_clauses_that_only_fail_together_are_none_of_them_to_blame(tmp_path):
    asked = ("rd_expense[Y] >= 100万元", "rd_expense[Y] <= 90万元")
    one = found(tmp_path, FULL, *asked, at="2024-10-31").paths[0]
    assert (one.possible, one.blocking) == (False, ())


def test_a_day_before_the_facts_is_refused(tmp_path):
    with pytest.raises(InputError, match="早于"):
        found(tmp_path, FULL, "qms_certified", at="2021-10-31")


@pytest.mark.parametrize(
    ("code", "revenue", "possible"),
    [
        ("", 14_000_000, True),
        ("", 150_000_000, False),
        ("C3451", 150_000_000, True),
        ("", 9_000_000_000_000_000, False),
    ],
)
def test_a_stated_class_is_kept_in_every_industry_that_it_may_be_of(tmp_path, code, revenue, possible):
    """By 200 million of revenue a firm in retail, not one in industry, is large."""
    facts = {
        "size_class": "中型" if revenue > 20_000_000 else "小型",
        "revenue[2021]": Decimal(revenue),
        "staff[2021]": 310,
    }
    asked = ("size_class in (微型, 小型, 中型)", f"revenue[Y] >= {revenue * 1.6:.0f}元")
    facts |= {"industry_code": code} if code else {}
    one = found(tmp_path, facts, *asked, at="2024-10-31").paths[0]
    assert one.possible is possible
    taken = [dict(each) for each in one.assumptions if each["slot"] == each["from"]]
    assert taken == ([] if code else [{"slot": "size_class", "from": "size_class", "value": facts["size_class"]}])


def test_where_the_class_is_neither_stated_nor_follows_it_is_to_be_handed_in(tmp_path):
    facts = {"revenue[2021]": Decimal(14_000_000)}
    one = found(tmp_path, facts, "size_class in (微型, 小型, 中型)", "revenue[Y] >= 1500万元", at="2024-10-31").paths[0]
    assert ([each.slot for each in one.steps], [each.fact for each in one.supplies]) == (
        ["revenue[2023]"],
        ["size_class"],
    )


def test_a_share_of_several_years_lets_the_earlier_stay(tmp_path):
    """Mean shares of two years are not linear in both revenues: the last year's moves."""
    facts = FULL | {"revenue[2020]": Decimal(50_000_000), "rd_expense[2020]": Decimal(900_000)}
    condition = "mean(rd_expense[Y] / revenue[Y], rd_expense[Y-1] / revenue[Y-1]) >= 3%"
    one = found(tmp_path, facts, condition, at="2025-10-31").paths[0]
    assert (one.possible, one.fixed) == (True, ("rd_expense[2023]", "revenue[2023]"))
    assert [each.slot for each in one.steps] == ["rd_expense[2024]"]


def test_a_number_too_long_for_the_solver_is_no_answer():
    model = cp_model.CpModel()
    model.add(sum(model.new_int_var(0, 2**62, "") for _ in range(8)) >= 1)
    with pytest.raises(ValueError, match="MODEL_INVALID"):
        solved(model)


def test_figures_that_are_nothing_yet_do_not_make_it_too_long(tmp_path):
    names = ("revenue", "main_revenue", "net_profit", "rd_expense", "staff", "rd_staff", "total_liabilities")
    facts = {f"{name}[{year}]": 0 for name in names for year in (2020, 2021)}
    asked = [f"{name}[Y{back}] >= 0{'人' if 'staff' in name else '元'}" for name in names for back in ("", "-1")]
    one = found(tmp_path, facts, *asked, "rd_expense[Y-1] >= 100万元", at="2025-10-31").paths[0]
    assert [each.slot for each in one.steps] == ["rd_expense[2023]"]


@pytest.mark.slow
@pytest.mark.parametrize("rulebook", BOOKS)
@few
@given(firms.flatmap(forgetful))
def test_what_settles_a_firm_alone_is_a_path_of_one_fact(rulebook, tmp_path_factory, facts):
    frozen = snapshot(tmp_path_factory.mktemp("s") / "s", [facts])
    (row,) = qualify.assess(frozen, rulebook, out=tmp_path_factory.mktemp("r")).rows()
    (one,) = path(frozen, rulebook, "f0", at=AT).paths
    assert one.verdict == row["verdict"]
    if any(each["settles"] for each in row["missing_detail"]):
        assert (one.possible, one.steps, len(one.supplies)) == (True, (), 1)


@pytest.mark.parametrize(("revenue", "possible"), [(Decimal(1_500_000), True), (Decimal(900_000_000), False)])
def test_a_class_by_its_rule_follows_the_figures_that_change(tmp_path, revenue, possible):
    facts = {"industry_code": "C3451", "revenue[2021]": revenue, "staff[2021]": 1_000, "rd_expense[2021]": Decimal(1)}
    conditions = ["revenue[Y] >= 200万元", "size_class in (微型, 小型)"]  # 200 万元 is no 微型 any more, it is a 小型
    one = found(tmp_path, facts, *conditions, at="2024-10-31").paths[0]
    assert (one.possible, [(each.slot, int(each.after)) for each in one.steps]) == (
        possible,
        [("revenue[2023]", 2_000_000)] if possible else [],
    )
