"""Rows that are asked about are looked up among the others alone; a question tells how many firms are called so."""

from __future__ import annotations

import pyarrow as pa

from rongtong.identity import link

from .cases import CODES, asked, roots, table

SHORT = "鑫瑞达"
TRADES = ("机械", "电子", "化工", "食品", "橡胶", "软件", "包装", "纺织", "家具", "建材", "印刷", "水产", "物流")
NAMES = [f"{city}鑫瑞达{trade}有限公司" for city in ("青岛", "济南") for trade in TRADES]


def test_a_question_tells_how_many_firms_bear_the_trade_name_beyond_those_that_are_near() -> None:
    firms = [(f"m{n:02}", None, name) for n, name in enumerate(NAMES)]
    links = link(table([*firms, ("z", None, SHORT)]))
    told = {one["reasons"][-1] for one in links.questions.to_pylist() if "z" in (one["left"], one["right"])}
    assert told == {f"namesakes:{len(NAMES) - 1}"}


def test_asked_rows_do_not_link_or_ask_each_other_by_likeness() -> None:
    firms = [("m1", CODES[0], "青岛海德利电子有限公司")]
    rows = [("z1", None, "海德利电子"), ("z2", None, "海德利电子公司"), ("z3", None, "烟台海德利渔具有限公司")]
    links = link(table([*firms, *rows]), asked=pa.array(["z1", "z2", "z3"]))
    assert {pair for pair in asked(links) if "m1" not in pair} == set()
    assert {mention: root for mention, root in roots(links).items() if root not in (mention, "m1")} == {}


def test_what_nobody_is_there_to_be_is_nobody() -> None:
    links = link(table([("z1", None, SHORT)]), asked=pa.array(["z1"]))
    assert (roots(links), asked(links)) == ({"z1": "z1"}, [])
