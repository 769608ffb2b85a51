"""What a market of eight offers answers."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from rongtong.errors import InputError
from rongtong.match import Index, Lsa
from rongtong.match.model import plain
from rongtong.match.signals import SIGNALS

from .conftest import needs, table


def ranked(index: Index, text: str, top: int = 300) -> list[str]:
    return list(index.search(needs(text), top=top)["offer"].to_pylist())


def test_those_that_list_the_very_product_come_first(index: Index) -> None:
    found = index.search(needs("采购减速器，求稳定供应商。"), top=3)
    assert sorted(found["offer"].to_pylist()[:2]) == ["F3", "F4"]
    assert found["exact"].to_pylist() == [1.0, 1.0, 0.0]
    assert found["score"].to_pylist()[:2] == [1.0, 1.0]


def test_width_case_and_spaces_of_a_product_do_not_matter(index: Index) -> None:
    assert index.search(needs("采购ｐｖｃ 板材"), top=1)["exact"].to_pylist() == [1.0]


@pytest.mark.parametrize(
    ("text", "first"), [("寻求白板纸配套企业。", "F1"), ("采购湿度传感器", "F5"), ("急需无刷电机", "F3")]
)
def test_a_product_that_nobody_lists_leads_to_makers_of_its_like(index: Index, text: str, first: str) -> None:
    assert ranked(index, text)[0] == first


def test_what_goes_in_is_found_through_the_graph_heaviest_edge_first(index: Index) -> None:
    found = index.search(needs("我们生产纸箱，请推荐上游原材料供应商。"), top=3)
    assert found["offer"].to_pylist()[:2] == ["F1", "F2"]
    assert found["chain"].to_pylist() == pytest.approx([0.9, 0.4, 0.0])


def test_each_need_gets_its_rows_and_each_signal_its_column(index: Index) -> None:
    found = index.search(needs("采购面粉", "采购齿轮"), top=2)
    assert found["need"].to_pylist() == ["N0", "N0", "N1", "N1"]
    assert found.column_names == ["need", "offer", "score", "relevance", "exact", "chain", *SIGNALS]
    assert all(0 <= score <= 1 for score in found["score"].to_pylist())


def test_no_needs_and_empty_needs_are_answered(index: Index) -> None:
    assert index.search(needs()).num_rows == 0
    assert index.search(needs("")).num_rows == len(index.market)


def test_the_same_market_gives_the_same_answer_whoever_builds(
    index: Index, firms: list[dict[str, Any]], encoder: Lsa
) -> None:
    again = Index.build(table(firms), encoder=encoder, model=plain(encoder.encode(["x"]).shape[1]))
    assert again.search(needs("采购电机")).equals(index.search(needs("采购电机")))


def test_an_updated_index_answers_like_one_built_anew(index: Index, firms: list[dict[str, Any]]) -> None:
    changed = {**firms[4], "products": ["激光雷达"], "text": "主营激光雷达。"}
    new = {**firms[5], "id": "F9", "products": ["石墨烯"], "text": ""}
    left = [firm for firm in firms if firm["id"] not in ("F5", "F7")]
    updated = index.updated(table([changed, new]), gone=["F7"])
    anew = Index(index.market, None, index._model).updated(table([*left, changed, new]), gone=["F5", "F7"])
    assert sorted(updated.market.ids) == ["F1", "F2", "F3", "F4", "F5", "F6", "F8", "F9"]
    assert ranked(updated, "采购激光雷达")[0] == "F5"
    assert ranked(updated, "采购石墨烯") == ranked(anew, "采购石墨烯")
    assert ranked(index, "采购面粉")[0] == "F7"


def test_without_an_installed_model_the_offers_explain_themselves(
    firms: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rongtong.match.index.installed", lambda: None)
    assert sorted(ranked(Index.build(table(firms)), "采购减速器", top=2)) == ["F3", "F4"]


def test_grounds_are_products_path_and_look_alikes(index: Index) -> None:
    found = index.explain("我们生产纸箱，请推荐上游原材料供应商。", "F2")
    assert [(edge.product, edge.material, edge.weight) for edge in found.path] == [("纸箱", "牛皮纸", 0.4)]
    assert index.explain("采购减速器", "F3").products[0] == "减速器"
    assert index.explain("采购瓦楞纸", "F2").alike[0] == "F1"


def test_a_table_that_lacks_a_column_an_offer_that_is_not_there(index: Index, firms: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError) as caught:
        Index.build(table(firms).drop_columns(["text", "industry"]))
    assert caught.value.as_dict() == {"error": "供给表缺少列：industry、text", "place": "", "mend": "请补上这些列"}
    with pytest.raises(InputError, match="需求表缺少列：text"):
        index.search(pa.table({"id": ["N1"]}))
    with pytest.raises(InputError, match="索引中没有这一供给：F77"):
        index.explain("采购面粉", "F77")
    with pytest.raises(InputError, match="供给表中没有一行"):
        Index.build(table([]))
