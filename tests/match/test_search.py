"""What a corpus of eight offers answers."""

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


def test_a_thing_that_somebody_lists_is_not_turned_into_a_vector_again(
    index: Index, encoder: Lsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, encode = index.search(needs("采购减速器、弯管机")), encoder.encode
    said: list[str] = []
    monkeypatch.setattr(encoder, "encode", lambda texts: (said.extend(texts), encode(texts))[1])
    assert index.search(needs("采购减速器、弯管机")) == before
    assert said == ["弯管机"]


@pytest.mark.parametrize(
    ("text", "first"), [("寻求白板纸配套企业。", "F1"), ("采购湿度传感器", "F5"), ("急需无刷电机", "F3")]
)
def test_a_product_that_nobody_lists_leads_to_makers_of_its_like(index: Index, text: str, first: str) -> None:
    assert ranked(index, text)[0] == first


def test_what_goes_in_is_found_through_the_graph_heaviest_edge_first(index: Index) -> None:
    found = index.search(needs("我们生产纸箱，请推荐上游原材料供应商。"), top=3)
    assert found["offer"].to_pylist()[:2] == ["F1", "F2"]
    assert found["chain"].to_pylist() == pytest.approx([0.9, 0.4, 0.0])


def test_of_a_thing_wanted_makers_of_what_it_is_made_of_and_goes_into_are_linked(index: Index) -> None:
    found = index.search(needs("采购瓦楞纸", "采购纸箱"))
    assert found["chain"].to_pylist() == [0.0] * found.num_rows
    assert [tuple(edge) for edge in index.explain("采购瓦楞纸", "F1").path] == [("纸箱", "瓦楞纸", 0.9, "goes_into")]
    assert [tuple(edge) for edge in index.explain("采购纸箱", "F2").path] == [("纸箱", "牛皮纸", 0.4, "made_of")]


def test_each_need_gets_its_rows_and_each_signal_its_column(index: Index) -> None:
    found = index.search(needs("采购面粉", "采购齿轮"), top=2)
    assert found["need"].to_pylist() == ["N0", "N0", "N1", "N1"]
    assert found.column_names == ["need", "offer", "score", "relevance", "exact", "chain", *SIGNALS]
    assert all(0 <= score <= 1 for score in found["score"].to_pylist())


def test_no_needs_and_empty_needs_are_answered(index: Index) -> None:
    assert index.search(needs()).num_rows == 0
    assert index.search(needs("")).num_rows == len(index.corpus)


def test_the_same_market_gives_the_same_answer_whoever_builds(
    index: Index, firms: list[dict[str, Any]], encoder: Lsa
) -> None:
    again = Index.build(table(firms), encoder=encoder, model=plain(encoder.encode(["x"]).shape[1]))
    assert again.search(needs("采购电机")).equals(index.search(needs("采购电机")))


ASKED = ("采购激光雷达", "采购石墨烯", "急需减速器", "采购箱板纸", "采购面粉", "我们生产纸箱，请推荐上游原材料供应商。")


def test_an_updated_index_answers_like_one_built_anew(index: Index, firms: list[dict[str, Any]], encoder: Lsa) -> None:
    changed = {**firms[4], "products": ["激光雷达"], "text": "主营激光雷达。"}
    new = {**firms[5], "id": "F9", "products": ["石墨烯"], "text": "", "industry": ["新材料"]}
    left = [firm for firm in firms if firm["id"] not in ("F5", "F7")]
    updated = index.updated(table([changed, new]), gone=["F7"])
    anew = Index.build(table([*left, changed, new]), encoder=encoder, graph=index._graph, model=index._model)
    assert updated.corpus.ids == anew.corpus.ids
    assert sorted(updated.corpus.products.names) == anew.corpus.products.names
    assert [ranked(updated, text)[0] for text in ASKED] == [ranked(anew, text)[0] for text in ASKED]
    assert ranked(index, "采购面粉")[0] == "F7"


def test_after_an_update_of_a_larger_market_the_candidates_are_those_of_one_built_anew() -> None:
    marks, heads = (
        ("高压", "精密", "耐磨", "医用", "车用", "船用", "微型"),
        ("电机", "轴承", "水泵", "薄膜", "涂料", "齿轮"),
    )
    made = [f"{one}{other}" for one in marks for other in heads]
    rows = [
        {
            "id": f"F{n}",
            "name": f"企业{n}",
            "industry": [made[n % 42][-2:]],
            "products": [made[n % 42], made[n * 7 % 41]],
        }
        for n in range(220)
    ]
    encoder = Lsa(made)
    start = {"encoder": encoder, "model": plain(encoder.encode(["x"]).shape[1])}
    updated = Index.build(table(rows[:200]), **start).updated(table(rows[200:]), gone=["F3", "F50", "F110"])
    anew = Index.build(table([one for one in rows if one["id"] not in {"F3", "F50", "F110"}]), **start)
    for text in made:
        own, other = ({*ranked(one, f"采购{text}", 20)} for one in (updated, anew))
        assert len(own & other) >= 18, text


def test_offers_that_come_back_are_found_as_before_to_the_last_digit(index: Index, firms: list[dict[str, Any]]) -> None:
    again = index.updated(table([]), gone=["F2", "F5"]).updated(table([firms[1], firms[4]]))
    for text in ASKED:
        before, after = (one.search(needs(text)).sort_by("offer") for one in (index, again))
        assert before["offer"] == after["offer"]
        for name in SIGNALS:
            if name not in {"first", "firsts"}:  # of offers that are equally good the one that came first stands first
                assert after[name].to_pylist() == pytest.approx(before[name].to_pylist(), abs=1e-5), (text, name)


def test_the_rough_axes_of_a_large_market_are_updated_too(index: Index, firms: list[dict[str, Any]]) -> None:
    assert [len(one) for one in index.corpus.rough(index.corpus.topics[0], index.corpus.places[0])] == 2 * [len(firms)]
    less = index.updated(table([{**firms[0], "id": "F9"}]), gone=["F2"])
    rough = less.corpus.rough(less.corpus.topics[0], less.corpus.places[0])
    whole = less.corpus.topics @ less.corpus.topics[0], less.corpus.places @ less.corpus.places[0]
    for about, exact in zip(rough, whole, strict=True):
        assert about == pytest.approx(exact, abs=1e-4)


def test_a_renewed_index_knows_by_itself_what_changed(
    index: Index, firms: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = [{**firms[0], "products": ["激光雷达"]}, *firms[2:], {**firms[1], "id": "F9"}]
    built = index.renewed(table(changed))
    assert (built.corpus.changed, sorted(built.corpus.ids)) == (0, sorted(one["id"] for one in changed))
    monkeypatch.setattr("rongtong.match.index._CHANGED", 1)
    updated = index.renewed(table(changed))
    assert updated.corpus.changed == 4  # F1 went and came, F2 went, F9 came
    assert updated.corpus.ids == [*(f"F{n}" for n in range(3, 9)), "F1", "F9"]
    assert updated.renewed(table(changed)) is updated
    assert ranked(updated, "采购激光雷达")[0] == "F1"


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
