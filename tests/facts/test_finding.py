"""A firm found by whatever somebody calls it: ids of any time, codes and names however they are written."""

from __future__ import annotations

import pytest

from making import code, put, rows
from rongtong import facts, qualify
from rongtong.errors import InputError
from rongtong.facts import Alliance

LONG, SHORT, OTHER = "青岛海德电子有限公司", "海德电子", "青岛海德电子科技有限公司"
REVENUE = "revenue[2021]"


@pytest.fixture
def merged(alliance: Alliance) -> tuple[facts.Snapshot, str]:
    """One firm that two files call differently, merged by a person with another; and the id that was absorbed."""
    put(alliance, [{"name": LONG, "uscc": code(1), REVENUE: "1.00"}, {"name": OTHER, "uscc": code(2)}], file="甲")
    put(alliance, [{"name": SHORT, "uscc": code(1)}], file="乙")
    ids = {row[0] for row in rows(alliance.settle(), "SELECT firm FROM firms")}
    alliance.decide_same(code(1), code(2), sure=True)
    ((kept,),) = rows(alliance.settle(), "SELECT firm FROM firms")
    (absorbed,) = ids - {kept}
    return alliance.settle(), absorbed


WRITTEN = [
    LONG, SHORT, OTHER, "青岛海德电子有限责任公司", " 青島海德電子有限公司（盖章）", code(1), code(2), code(1).lower(),
    f"{code(2)[:2]}-{code(2)[2:]}",
]  # fmt: skip  # read by rows


@pytest.mark.parametrize("text", [*WRITTEN, None], ids=[*WRITTEN, "absorbed id"])
def test_every_name_code_and_id_leads_to_the_firm(merged, tmp_path, text):
    snapshot, absorbed = merged
    text = text or absorbed
    (firm,) = (row[0] for row in rows(snapshot, "SELECT firm FROM firms"))
    assessment = qualify.assess(snapshot, "cn/srdi-sme", as_of="2022-10-25", out=tmp_path / "results")
    slots = [fact.slot for fact in facts.facts_of(snapshot, text)]
    found = (facts.find(snapshot, text).firm, assessment.explain(text)["firm"], facts.records_of(snapshot, text), slots)
    assert found == (firm, firm, [], sorted(["name", REVENUE, "uscc"]))


def test_a_name_written_otherwise_is_found_where_only_that_is_known(alliance):
    put(alliance, [{"name": "青岛海德电子有限责任公司"}])
    assert facts.find(alliance.settle(), LONG).n == 0


def test_letters_in_a_name_are_no_code(alliance):
    put(alliance, [{"name": "甲厂", "uscc": "ABC"}])
    with pytest.raises(InputError, match="找不到企业"):
        facts.find(alliance.settle(), "青岛ABC有限公司")


def test_two_firms_of_one_name_are_told_apart_by_code(alliance):
    put(alliance, [{"name": LONG, "uscc": code(1)}, {"name": LONG, "uscc": code(2)}])
    with pytest.raises(InputError, match="有多家企业叫") as refused:
        facts.find(alliance.settle(), LONG)
    ids = rows(alliance.settle(), "SELECT firm, row FROM mentions ORDER BY firm")
    told = "；".join(f"{firm}（市南区.xlsx 汇总表 第 {row} 行）" for firm, row in ids)
    assert refused.value.mend == f"请改用统一社会信用代码或编号：{told}"


@pytest.mark.parametrize("text", [LONG, "青岛海德机械厂"])
def test_a_name_that_tells_a_former_one_is_found_by_either(alliance, text):
    put(alliance, [{"name": f"{LONG}（原青岛海德机械厂）"}, {"name": OTHER}])
    assert (
        facts.find(alliance.settle(), text).mention
        == facts.find(alliance.settle(), f"{LONG}（原青岛海德机械厂）").mention
    )
