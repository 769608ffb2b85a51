"""Whatever a sheet holds, each of its cells is used, ignored or a problem, exactly once."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .books import part_of

_WORDS = st.sampled_from(
    [
        "",
        "",
        "企业名称",
        "统一社会信用代码",
        "2021年营业收入（万元）",
        "研发费用",
        "年度",
        "指标",
        "数值",
        "单位",
        "万元",
        "合计",
        "小计",
        "注：说明",
        "甲公司",
        "青岛喆昇科技有限公司",
        "91370212MA3F0WTCD7",
        "12.5",
        "1.2亿",
        "5%",
        "—",
        "无",
        "2021",
        "2020年",
        "联系人",
        "张三",
        "是",
        "否",
        "专利号",
        "专利类型",
        "发明专利",
        "营业收入",
        "职工人数",
        "待定",
        "约300人",
        "#REF!",
        "街道",
        "序号",
        "1",
    ]
)
_GRIDS = st.lists(st.lists(_WORDS | st.text(max_size=4), min_size=1, max_size=6), min_size=1, max_size=9)
_MERGES = st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=3)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_GRIDS, _MERGES, st.sampled_from([None, 2021]))
def test_every_cell_ends_in_one_place(rows: list[list[str]], corners: list[tuple[int, ...]], year: int | None) -> None:
    merges = tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners)
    part = part_of(rows, year, merges)
    counts = part.account.counts()
    assert counts["cells"] == sum(bool(text.strip()) for row in rows for text in row)
    assert counts["cells"] == counts["used"] + counts["ignored"] + counts["problems"]
    assert counts["ignored"] == sum(ignored.count for ignored in part.account.passed_over())
    assert counts["ignored"] == sum(part.account.passed()["cells"].to_pylist())
    assert bool(counts["problems"]) <= bool(part.account.problems().num_rows)


def test_rows_passed_over_are_told_with_what_to_do_those_first_and_signatures_are_not_quoted() -> None:
    rows = [["企业名称", "从业人员"], ["青岛喆昇科技有限公司", "9"], ["合计", "9"], ["填表人：张三", ""]]
    told = part_of(rows, None, ()).account.passed().to_pylist()
    assert [(one["row"], one["text"], one["cells"], one["reason"]) for one in told] == [
        (3, "合计", 2, "合计行"), (4, "", 1, "说明或签字行"), (1, "企业名称", 2, "表头"),
    ]  # fmt: skip  # read by rows
    assert [one["mend"] == "无需处理" for one in told] == [False, False, True]
