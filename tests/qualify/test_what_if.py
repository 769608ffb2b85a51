"""What if a bound were another: nothing at the official one, exactly what a changed rulebook says at any other."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qualify.firms import firms, forgetful
from qualify.reference import Firm
from rongtong import qualify
from rongtong.errors import InputError
from rongtong.facts.imagined import snapshot
from rongtong.qualify import examples
from rongtong.qualify.assess import program_of
from rongtong.qualify.bounds import bounds, changed
from rongtong.qualify.shelf import editions, shelf
from rongtong.qualify.short import short
from rongtong.qualify.what_if import WhatIf

DAY = date(2022, 10, 31)
BOOKS = ("cn/srdi-sme", "cn/innovative-sme")
WORDS = {True: "qualified", False: "not_qualified", None: "undetermined"}
few = settings(max_examples=3, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])
members = st.lists(st.one_of(firms, firms.flatmap(forgetful)), min_size=15, max_size=25)
#: Bounds set to values that some of the drawn firms are on either side of.
SETS = {
    "cn/srdi-sme": {"condition.4.score": "30分", "condition.2.share": "1%", "indicator.12/5": "15%"},
    "cn/innovative-sme": {"condition.score.total": "30分", "indicator.4/10": "50%", "direct.4": "100万元"},
}


def asking(folder: str, rulebook: str, drawn: list[dict[str, Any]]) -> WhatIf:
    frozen = snapshot(Path(folder) / "s", drawn)
    return WhatIf(frozen, program_of(frozen, rulebook, edition=None, purpose="new", as_of=DAY))


@pytest.mark.parametrize("rulebook", BOOKS)
@few
@given(members)
def test_at_the_official_bounds_nothing_changes(rulebook: str, drawn: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whatif = asking(folder, rulebook, drawn)
        book = whatif.program.book
        same = {name: written(one.value.value, one.value.unit) for name, one in bounds(book).items()}
        answer = whatif.ask(same)
        assert (answer.book.sha256, answer.moved.num_rows, answer.before) == (book.sha256, 0, answer.after)
        assert [pair for pair in answer.by_title.values() if pair[0] != pair[1]] == []


def written(value: Decimal, unit: str) -> str:
    return f"{value:f}{'' if unit == '1' else unit}"


@pytest.mark.parametrize("rulebook", BOOKS)
@few
@given(members)
def test_what_is_recomputed_is_what_the_changed_rulebook_says(rulebook: str, drawn: list[dict[str, Any]]) -> None:
    book = editions(rulebook)[0]
    with tempfile.TemporaryDirectory() as folder:
        whatif = asking(folder, rulebook, drawn)
        for sets in (SETS[rulebook], *({name: value} for name, value in SETS[rulebook].items())):
            answer = whatif.ask(sets)
            other = changed(book, sets)
            before, after = ([WORDS[Firm(one, firm, DAY).verdict] for firm in drawn] for one in (book, other))
            known = [k for k, firm in enumerate(drawn) if all_known(firm)]
            moved = {row["n"]: (row["before"], row["after"]) for row in answer.moved.to_pylist()}
            assert {k: moved.get(k) for k in known} == {
                k: (before[k], after[k]) if before[k] != after[k] else None for k in known
            }
            assert sum(answer.before.values()) == sum(answer.after.values()) == len(drawn)


def test_a_lower_bound_lets_in_exactly_those_whom_it_alone_kept_out(tmp_path: Path) -> None:
    _file, cases = examples.load(shelf() / "cn/srdi-sme/2022.examples.yaml")
    firm = {slot: value for slot, value in cases[0].facts.items() if value is not None} | {"district": "市南区"}
    spent = [firm["rd_expense[2021]"], 900_000, 700_000]
    answer = asking(str(tmp_path), "cn/srdi-sme", [firm | {"rd_expense[2021]": each} for each in spent]).ask(
        {"condition.2.amount": "80万元", "condition.2.share": "0%", "condition.4.score": "50分"}
    )
    assert [(row["n"], row["before"], row["after"]) for row in answer.moved.to_pylist()] == [
        (1, "not_qualified", "qualified")
    ]
    assert (answer.before["qualified"], answer.after["qualified"]) == (1, 2)
    assert [pair[1]["qualified"] for pair in answer.by_district.values()] == [2]


def all_known(firm: dict[str, Any]) -> bool:
    return "revenue[2021]" in firm and "ip!from" in firm and "negative_records!from" in firm


def test_counts_are_told_by_title_and_district(tmp_path: Path) -> None:
    high = {"kind": "高新技术企业", "granted_on": "2020-01-01", "valid_until": "2023-01-01"}
    over = {"kind": "隐形冠军", "granted_on": "2015-01-01", "valid_until": "2020-01-01"}
    drawn = [{"district": "市南区", "titles": [high, over], "standards_count": 1}, {"district": "市北区"}]
    answer = asking(str(tmp_path), "cn/srdi-sme", drawn).ask({})
    assert {name: Counter(pair[0]).total() for name, pair in answer.by_title.items()} == {"高新技术企业": 1, None: 1}
    assert {name: Counter(pair[1]).total() for name, pair in answer.by_district.items()} == {"市北区": 1, "市南区": 1}


def test_counts_are_told_among_the_firms_of_districts(tmp_path: Path) -> None:
    drawn = [{"district": "市南区", "standards_count": 1}, {"district": "市北区"}, {}]
    whatif = asking(str(tmp_path), "cn/srdi-sme", drawn)
    counted = {
        among: sum(whatif.ask({}, among).after.values()) for among in (None, ("市南区",), ("市南区", "市北区"), ())
    }
    assert counted == {None: 3, ("市南区",): 1, ("市南区", "市北区"): 2, (): 0}
    assert list(whatif.ask({}, ["市北区"]).by_district) == ["市北区"]


def test_what_firms_lack_may_be_known_already(tmp_path: Path) -> None:
    whatif = asking(str(tmp_path), "cn/srdi-sme", [{"district": "市南区"}, {"standards_count": 1}])
    judged = qualify.assess(whatif.snapshot, "cn/srdi-sme", as_of=DAY, out=tmp_path)
    assert short(whatif, lacks=judged.wants()) == short(whatif)


def test_each_bound_of_a_clause_has_a_name() -> None:
    names = list(bounds(editions("cn/srdi-sme")[0]))
    assert [name for name in names if name.startswith(("condition.2", "indicator.8", "indicator.6"))] == [
        "condition.2.amount", "condition.2.share", "indicator.6/4", "indicator.8/5", "indicator.8/3", "indicator.8/1",
    ]  # fmt: skip
    assert {"indicator.11/1/10", "indicator.11/2/10"} <= set(names)


@pytest.mark.parametrize(
    ("sets", "what", "mend"),
    [
        ({"indicator.8": "50%"}, "没有界限 indicator.8", "可用的界限：indicator.8/5、indicator.8/3、indicator.8/1"),
        ({"indicator.8/5": "50元"}, "单位不一致：1 与 元", "请改用同一单位的数"),
        ({"indicator.8/5": "65%"}, "分档重叠", "请检查该档与上一档相接的界限"),
        ({"indicator.8/5": "多"}, "“多”不是界限", "例如 80%、100万元"),
        ({"condition.2.amount": "9" * 3900 + "万元"}, f"“{'9' * 20}…{'9' * 18}万元”不是界限", "例如 80%、100万元"),
        (
            {"condition.2.share": "9" * 21 + ".000001%"},
            "算式太长，超过 38 位十进制数",
            "请写小一点的数，或少写几位小数",
        ),
    ],
)
def test_what_cannot_be_set_is_said_with_the_mend(sets: dict[str, str], what: str, mend: str) -> None:
    with pytest.raises(InputError) as error:
        changed(editions("cn/srdi-sme")[0], sets)
    assert (error.value.what.endswith(what), error.value.mend) == (True, mend)
