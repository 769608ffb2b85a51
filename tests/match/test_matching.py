"""A run from needs and offers to a result that holds: frozen, explained, verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from match.test_holds import DAY, need, offer
from rongtong import facts, match, qualify
from rongtong.errors import InputError
from rongtong.match.retriever import asked, offered
from rongtong.match.schema import NEEDS, OFFERS

ASKED = [
    need(need="N1", text="伺服电机用精密轴承", kind="parts", regions=["青岛"]),
    need(need="N2", firm="C", name="青岛丙有限公司", text="电磁兼容检测", kind="testing", certificates=["CNAS"]),
]
TOLD = [
    offer(
        offer="O1", firm="B", product="精密轴承", kinds=["parts"], places=["崂山", "青岛", "山东"], past="海尔的轴承"
    ),
    offer(offer="O2", firm="D", name="烟台丁有限公司", product="精密轴承", kinds=["parts"], places=["烟台", "山东"]),
    offer(offer="O3", firm="A", name="青岛甲有限公司", product="精密轴承", kinds=["parts"], places=["青岛", "山东"]),
    offer(offer="O4", firm="E", name="青岛戊检测有限公司", product="电磁兼容检测", kinds=["testing"]),
    offer(offer="O5", firm="B", product="轴承座", kinds=["parts"], places=["崂山", "青岛", "山东"]),
]


def tables() -> tuple[pa.Table, pa.Table]:
    return pa.Table.from_pylist(ASKED, schema=NEEDS), pa.Table.from_pylist(TOLD, schema=OFFERS)


@pytest.fixture
def matching(tmp_path: Path) -> match.Matching:
    return match.match(*tables(), as_of=DAY, out=tmp_path / "results")


def test_each_need_gets_the_firms_that_may_and_each_firm_once(matching: match.Matching) -> None:
    rows = [(row["need"], row["place"], row["offer"], row["introduced"]) for row in matching.table.to_pylist()]
    assert rows == [("N1", 1, "O1", True), ("N2", 1, "O4", True)]


def test_why_is_told_by_facts(matching: match.Matching) -> None:
    told = matching.explain("N1", "O1")
    assert [one["what"] for one in told["why"]] == [
        "产品：精密轴承（企业自己发布）", "供需都写到：精密轴承", "在崂山、青岛、山东，符合限定的青岛",
        "企业自述的合作案例：海尔的轴承",
    ]  # fmt: skip
    assert [one["what"] for one in told["against"]] == ["需求写了而供给没有写：伺服电机"]
    assert told["unknown"] == []


def test_why_not_is_told_too(matching: match.Matching) -> None:
    found = {one: matching.explain("N1", one)["refused"] for one in ("O2", "O3")}
    assert {one: [line["what"] for line in lines] for one, lines in found.items()} == {
        "O2": ["在烟台、山东，需求方限定青岛"],
        "O3": ["供需双方是同一家企业"],
    }


def test_what_is_open_comes_with_the_question_that_settles_it(matching: match.Matching) -> None:
    [one] = matching.explain("N2", "O4")["unknown"]
    assert (one["constraint"], one["question"]) == (
        "certificates",
        "贵公司是否持有CNAS 实验室认可？请提供证书编号和有效期。",
    )


def test_rows_count_what_was_ruled_out(matching: match.Matching) -> None:
    assert {row["need"]: row["refused"] for row in matching.rows()} == {"N1": {"own": 1, "region": 1}, "N2": {}}


def test_the_same_is_the_same_result_and_holds(matching: match.Matching, tmp_path: Path) -> None:
    again = match.match(*tables(), as_of=DAY, out=tmp_path / "other")
    assert again.manifest == matching.manifest
    assert match.verify(matching.path).holds


def test_choices_make_another_result(matching: match.Matching, tmp_path: Path) -> None:
    other = match.match(*tables(), as_of=DAY, choices=match.Choices(spread=0.1), out=tmp_path)
    assert other.manifest["id"] != matching.manifest["id"]
    assert match.verify(other.path).holds


@pytest.mark.parametrize("name", ["needs", "offers", "candidates", "refused", "tradeoff", "left_out", "verdicts"])
def test_a_changed_table_does_not_hold(matching: match.Matching, name: str) -> None:
    table = matching.part(name)
    changed = table.slice(1) if table.num_rows else pa.Table.from_pylist([{}], schema=table.schema)
    pq.write_table(changed, matching.path / f"{name}.parquet")
    found = match.verify(matching.path)
    assert (found.holds, found.first_difference.partition(" ")[0]) == (False, name)


def changed(**parts: Any) -> match.Indexing:
    """The usual index with some parts of it changed."""

    def build(offers: pa.Table) -> match.Index:
        made = match.usual()(offers)
        return type("Changed", (match.Index,), parts)(made.corpus, made._graph, made._model)

    return build


def test_another_model_does_not_hold(matching: match.Matching) -> None:
    assert match.verify(matching.path, indexing=changed(model="other")).first_difference.startswith("模型")


def test_a_table_made_up_with_its_digest_does_not_hold(tmp_path: Path) -> None:
    made = match.match(*tables(), as_of=DAY, out=tmp_path)
    start = match.freeze(*tables(), as_of=DAY)

    def one(index: match.Index, needs: pa.Table, *, top: int = 300) -> pa.Table:
        return match.Index.search(index, needs, top=top).slice(0, 1)

    forged = match.run(start, indexing=changed(search=one), out=tmp_path)
    assert forged.path != made.path
    assert match.verify(forged.path).first_difference.startswith("candidates")


def test_without_a_model_of_meaning_words_alone_serve_and_the_result_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("index", "retriever"):
        monkeypatch.setattr(f"rongtong.match.{place}.installed", lambda: None)
    made = match.match(*tables(), as_of=DAY)
    assert made.manifest["model"] == "index-5 lsa fusion"
    assert match.by_words(made.manifest["model"])
    assert {row["offer"] for row in made.introductions.to_pylist()} == {"O1", "O4"}
    assert match.verify(made.path).holds


def test_what_goes_into_it_is_explained_by_its_path_and_a_stranger_s_words_by_whom_it_is_like(tmp_path: Path) -> None:
    asked = [need(need="N1", text="我们生产工业机器人，请推荐上游零部件供应商。"), need(need="N2", product="减速机")]
    told = [
        offer(offer=f"O{at}", firm=f"F{at}", name=f"青岛{at}有限公司", product=product)
        for at, product in enumerate(["精密减速器", "速冻水饺", "减速传动装置"])
    ]
    lists = (pa.Table.from_pylist(rows, schema=schema) for rows, schema in ((asked, NEEDS), (told, OFFERS)))
    made = match.match(*lists, as_of=DAY, out=tmp_path)
    whys = {one["kind"]: one["what"] for one in made.explain("N1", "O0")["why"]}
    assert whys["path"] == "工业机器人 ← 用到 ← 精密减速器（企业的产品）"
    assert "alike" not in {one["kind"] for one in made.explain("N2", "O0")["why"]}
    assert match.verify(made.path).holds


def test_who_makes_what_the_needed_thing_is_made_of_or_goes_into_is_a_last_candidate_and_the_way_is_told() -> None:
    asked = [need(need="N1", product="工业机器人关节")]
    made_of, goes_into, stranger = "电机定子", "工业机器人", "速冻水饺"
    told = [
        offer(offer=f"O{at}", firm=f"F{at}", name=f"青岛{at}有限公司", product=product)
        for at, product in enumerate(["工业机器人关节", made_of, goes_into, stranger])
    ]
    lists = (pa.Table.from_pylist(rows, schema=schema) for rows, schema in ((asked, NEEDS), (told, OFFERS)))
    made = match.match(*lists, as_of=DAY)
    places = {row["offer"]: row["place"] for row in made.table.to_pylist()}
    assert (places["O0"], {*places} >= {"O1", "O2"}) == (1, True)
    paths = [one["what"] for n in (1, 2) for one in made.explain("N1", f"O{n}")["why"] if one["kind"] == "path"]
    assert paths == [
        "工业机器人关节 ← 用到 ← 电机定子（企业的产品）",
        "工业机器人关节 → 用于 → 工业机器人（企业的产品）",
    ]


def test_an_index_reads_what_needs_and_offers_say() -> None:
    needs, _offers = tables()
    assert asked(needs).to_pylist()[0] == {"id": "N1", "text": "伺服电机用精密轴承"}
    told = offer(product="轴承、轴承座", chain="高端装备", industry="通用设备制造业", text="P4级")
    assert offered(pa.Table.from_pylist([told], schema=OFFERS)).to_pylist() == [{
        "id": "O1", "name": "青岛乙轴承有限公司", "industry": ["高端装备", "通用设备制造业"],
        "products": ["轴承", "轴承座"], "text": "轴承、轴承座 P4级 高端装备 通用设备制造业",
    }]  # fmt: skip


def test_without_a_day_or_offers_nothing_is_run() -> None:
    with pytest.raises(InputError):
        match.match(*tables())
    with pytest.raises(InputError, match="没有供给"):
        match.match(tables()[0], as_of=DAY)


def test_an_id_twice_is_refused() -> None:
    needs, offers = tables()
    with pytest.raises(InputError, match="编号重复"):
        match.match(pa.concat_tables([needs, needs]), offers, as_of=DAY)


REGISTER = (
    "企业名称,统一社会信用代码,所属区市,主导产品,是否通过管理体系认证\n"
    "青岛乙轴承有限公司,91370200264574251E,崂山区,精密轴承,否\n青岛己轴承有限公司,,城阳区,圆锥轴承,是\n"
)
TITLES = "企业名称,称号名称,认定日期,有效期至\n青岛己轴承有限公司,高新技术企业,2020-12-01,2023-11-30\n"


@pytest.fixture
def snapshot(tmp_path: Path) -> facts.Snapshot:
    home = facts.Alliance.open(tmp_path / "home", create=True)
    for name, text in (("register.csv", REGISTER), ("称号清单.csv", TITLES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        home.import_file(tmp_path / name, date="2022-10-25", year=2021)
    return home.settle()


def test_the_registry_offers_what_it_knows_of_products(snapshot: facts.Snapshot) -> None:
    rows = match.offers_of(snapshot, date(2022, 10, 25)).to_pylist()
    assert sorted((row["product"], row["places"][0], row["certificates"], row["lacks"]) for row in rows) == [
        ("圆锥轴承", "城阳", ["ISO9001"], None),
        ("精密轴承", "崂山", None, ["ISO9001"]),
    ]


def test_a_title_of_the_registry_counts_on_its_days_alone(snapshot: facts.Snapshot, tmp_path: Path) -> None:
    needs = pa.Table.from_pylist([need(text="圆锥轴承、精密轴承", titles=["高新技术企业"])], schema=NEEDS)
    found = {}
    for day in ("2022-10-25", "2024-01-01"):
        made = match.match(needs, None, snapshot, as_of=day, out=tmp_path / day)
        found[day] = {row["name"]: row["constraints"]["titles"] for row in next(iter(made.rows()))["candidates"]}
    assert found == {
        "2022-10-25": {"青岛乙轴承有限公司": None, "青岛己轴承有限公司": True},
        "2024-01-01": {"青岛乙轴承有限公司": None, "青岛己轴承有限公司": None},
    }


def test_a_published_offer_is_joined_by_what_is_known_of_its_firm(snapshot: facts.Snapshot, tmp_path: Path) -> None:
    needs, offers = tables()
    own = offers.slice(0, 1).set_column(1, "firm", pa.nulls(1, pa.string()))
    made = match.match(needs, own, snapshot, out=tmp_path)
    row = next(row for row in made.part("offers").to_pylist() if row["offer"] == "O1")
    assert (row["uscc"], row["lacks"]) == ("91370200264574251E", ["ISO9001"])
    assert match.verify(made.path, snapshot).holds


def test_verdicts_decide_where_an_assessment_is_given(snapshot: facts.Snapshot, tmp_path: Path) -> None:
    needs = pa.Table.from_pylist([need(text="圆锥轴承、精密轴承", rulebooks=["cn/innovative-sme"])], schema=NEEDS)
    judged = qualify.assess(snapshot, "cn/innovative-sme", out=tmp_path)
    verdicts = dict(zip(judged.table["name"].to_pylist(), judged.table["verdict"].to_pylist(), strict=True))
    made = match.match(needs, None, snapshot, assessments=[judged], out=tmp_path)
    told = {row["name"]: row["constraints"]["rulebooks"] for row in next(iter(made.rows()))["candidates"]}
    assert told == {name: {"qualified": True, "undetermined": None}[one] for name, one in verdicts.items()}
    assert match.verify(made.path, snapshot).holds


def test_a_snapshot_with_other_facts_does_not_hold(snapshot: facts.Snapshot, tmp_path: Path) -> None:
    made = match.match(tables()[0], None, snapshot, out=tmp_path)
    manifest = replace(made).manifest
    assert match.verify(made.path, snapshot).checks[2:3] == ("取自快照的供给和预审结论重算一致",)
    assert manifest["snapshot"] == snapshot.id


def test_an_offer_of_the_registry_without_a_snapshot_does_not_hold(tmp_path: Path) -> None:
    start = match.freeze(*tables(), as_of=DAY)
    invented = pa.Table.from_pylist([offer(offer="O9", firm="F", source="registry")], schema=OFFERS)
    offers = pa.concat_tables([start.tables["offers"], invented])
    forged = match.run(replace(start, tables=start.tables | {"offers": offers}), out=tmp_path)
    found = match.verify(forged.path)
    assert found.first_difference == "没有快照时登记的供给数：结果写的是 1，实为 0"


def test_a_verdict_without_an_assessment_does_not_hold(tmp_path: Path) -> None:
    start = match.freeze(*tables(), as_of=DAY)
    made_up = pa.table({"rulebook": ["cn/srdi-sme"], "firm": ["B"], "verdict": ["qualified"]})
    forged = match.run(replace(start, tables=start.tables | {"verdicts": made_up}), out=tmp_path)
    assert match.verify(forged.path).first_difference.startswith("没有快照时的预审结论数")
