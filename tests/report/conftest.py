"""A small assessment made by hand: three firms, one of each verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

CELL = {"file": "市南区汇总表.xlsx", "sheet": "Sheet1", "cell": "D17"}


def clause(clause_id: str, holds: bool | None, values: dict[str, Any], **rest: Any) -> dict[str, Any]:
    sources = {slot: CELL for slot, value in values.items() if value is not None}
    return {
        "id": clause_id,
        "holds": holds,
        "points": None,
        "values": values,
        "sources": sources,
        "margin": None,
    } | rest


def firm(name: str, verdict: str, score: list[float] | None, clauses: list[Any], missing: list[str]) -> dict[str, Any]:
    return {
        "firm": f"f-{name}", "uscc": "91370200MA3C00000X", "name": name, "verdict": verdict,
        "score": score, "clauses": clauses, "missing": missing,
    }  # fmt: skip  # read by rows


@dataclass
class Made:
    rows_: list[dict[str, Any]]
    counts: dict[str, int] = field(default_factory=lambda: {"qualified": 1, "not_qualified": 1, "undetermined": 1})
    manifest: dict[str, Any] = field(
        default_factory=lambda: {
            "title": "专精特新中小企业",
            "document": "优质中小企业梯度培育管理暂行办法",
            "number": "工信部企业〔2022〕63号",
            "rulebook": "cn/srdi-sme",
            "edition": "2022",
            "as_of": "2022-10-25",
            "snapshot": "s" * 64,
        }
    )
    titles: dict[str, str] = field(
        default_factory=lambda: {"2a": "上年度研发费用总额不低于 100 万元", "4": "评价得分达到 60 分以上"}
    )

    def rows(self) -> list[dict[str, Any]]:
        return self.rows_


@pytest.fixture
def made() -> Made:
    return Made(
        [
            firm(
                "青岛喆昇精密轴承有限公司",
                "qualified",
                [64, 64],
                [clause("2a", True, {"rd_expense[2021]": 1824000.0}, margin=824000.0)],
                [],
            ),
            firm(
                "=cmd|'/c calc'!A0",
                "not_qualified",
                [31, 46],
                [clause("2a", False, {"rd_expense[2021]": 876500.0}, margin=-123500.0)],
                [],
            ),
            firm(
                "青岛璟碁软件有限公司",
                "undetermined",
                [52, 72],
                [
                    clause("2a", None, {"rd_expense[2021]": None}),
                    clause("4", None, {"qms_certified": True}, points=[52, 72]),
                ],
                ["rd_expense[2021]", "local_score", "negative_records.environment[2019..2022]"],
            ),
        ]
    )
