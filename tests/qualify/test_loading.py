"""What is wrong with a rulebook is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rongtong.definitions.loader import DefinitionError, Document
from rongtong.facts.imagined import snapshot
from rongtong.qualify import assess, load
from rongtong.qualify.bounds import bounds
from rongtong.qualify.schema import RulebookFile
from rongtong.qualify.shelf import checked, shelf

GOOD = (shelf() / "cn/srdi-sme/2022.yaml").read_text(encoding="utf-8")

BROKEN = [
    ("an unknown field", "when: independent_legal_person", "when: independent_person", "未知的字段"),
    (
        "a territory that nobody has",
        "territory: 全国\n",
        "territory: 全国\napplies: {title: 在岛, territory: [岛]}\n",
        "没有等级",
    ),
    ("no place to apply in", "territory: 全国\n", "territory: 全国\napplies: {title: 在岛}\n", "恰好写 district"),
    ("a unit that does not fit", "rd_expense[Y] >= 100万元", "rd_expense[Y] >= 100人", "单位不一致"),
    ("a number without its unit", "segment_years[Y] >= 2年", "segment_years[Y] >= 2", "没有写单位"),
    ("a share that is 300%", "rd_intensity[Y] >= 3%", "rd_intensity[Y] >= 3", "“3”是 300%"),
    ("a band from 7000%", "{points: 3, from: 70%, below: 80%}", "{points: 3, from: 70, below: 80%}", "“70”是 7000%"),
    ("a year that is missing", "revenue[Y] >= 1000万元", "revenue >= 1000万元", "年度"),
    ("a year that is too much", "when: independent_legal_person", "when: independent_legal_person[Y]", "不是年度字段"),
    ("an unknown level", "in (微型, 小型, 中型)", "in (微型, 小型, 中等)", "没有等级"),
    ("an unknown subset", "any(awards.maker_500 ", "any(awards.maker_600 ", "没有子集"),
    ("a list as a scalar", "when: independent_legal_person", "when: awards", "清单"),
    ("a condition that is an amount", "when: not product_prohibited", "when: revenue[Y]", "不是条件"),
    ("a window that is missing", "any(awards.maker_500 during Y-2..Y+1)", "any(awards.maker_500)", "期间"),
    ("what is no expression", "when: independent_legal_person", "when: coalesce(a, b)", "写法不对"),
    ("case", "when: independent_legal_person", "when: case when a then b end", "写法不对"),
    ("is null", "when: independent_legal_person", "when: independent_legal_person is null", "写法不对"),
    ("a gap between bands", "{points: 3, from: 70%, below: 80%}", "{points: 3, from: 70%, below: 79%}", "空缺"),
    ("an overlap of bands", "{points: 3, from: 70%, below: 80%}", "{points: 3, from: 70%, below: 81%}", "重叠"),
    ("a bound in two bands", "{points: 3, from: 70%, below: 80%}", "{points: 3, from: 70%, to: 80%}", "重叠"),
    (
        "bands that do not fall",
        "{points: 3, from: 70%, below: 80%}",
        "{points: 6, from: 70%, below: 80%}",
        "从高分到低分",
    ),
    ("a band in the wrong unit", "{points: 5, from: 10年}", "{points: 5, from: 10人}", "单位不一致"),
    ("points of a group", "title_en: Specialisation\n      max: 25", "title_en: Specialisation\n      max: 26", "25"),
    ("points of the sheet", "score:\n  max: 100", "score:\n  max: 90", "100"),
    ("points of an indicator", "{points: 5, from: 80%}", "{points: 4, from: 80%}", "满分"),
    ("an id twice", "id: indicator.2\n", "id: indicator.1\n", "用了两次"),
    ("a key nobody reads", "territory: 全国", "territory: 全国\nterritoy: x", "territoy"),
    ("an impossible date", "from: 2022-08-01", "from: 2022-02-30", "没有这一天"),
    ("no title", "title: 中小企业\n", 'title: ""\n', "不能空着"),
    ("a title of blanks", "title: 中小企业\n", 'title: " "\n', "不能空着"),
    ("an id that fills a page", "id: indicator.2\n", f"id: {'i' * 201}\n", "最多 200 个字"),
    ("a number of 39 digits", "rd_expense[Y] >= 100万元", f"rd_expense[Y] >= {'9' * 39}元", "这个数太长"),
    ("a number of many decimals", "rd_expense[Y] >= 100万元", "rd_expense[Y] >= 0.000000001元", "这个数太长"),
    ("what goes beyond 38 digits", "rd_expense[Y] >= 100万元", f"rd_expense[Y] / revenue[Y] >= {'9' * 19}.12", "38 位"),
    ("bands beyond 38 digits", "{points: 5, from: 10年}", f"{{points: 5, from: {'9' * 39}年}}", "这个数太长"),
    ("a year long past", "rd_expense[Y] >= 100万元", "rd_expense[Y-999] >= 100万元", "写法不对"),
    ("points of many digits", "{points: 5, from: 80%}", "{points: 1e300, from: 80%}", "位数不能太多"),
    ("nots in a row", "when: independent_legal_person", f"when: {'not ' * 31}independent_legal_person", "最多 30 层"),
    ("not YAML", "territory: 全国", "territory: [全国", "YAML"),
]


@pytest.mark.parametrize(("good", "bad", "says"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_it_is_refused(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert good in GOOD
    path = tmp_path / "2022.yaml"
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=says):
        load(path)


def test_the_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "2022.yaml"
    path.write_text(GOOD.replace("rd_expense[Y] >= 100万元", "rd_expense[Y] >= 100人", 1), encoding="utf-8")
    line = next(k for k, text in enumerate(GOOD.splitlines(), start=1) if "rd_expense[Y] >= 100万元" in text)
    with pytest.raises(DefinitionError) as error:
        load(path)
    assert error.value.place == f"{path}:{line}"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("      - id: direct.3\n", "      - id: direct.1\n"),
        ("    - id: innovation\n", "    - id: distinction\n"),
        ("        - id: indicator.13\n", "        - id: veto.tax\n"),
        ("    title: 中小企业\n", "    titel: 中小企业\n"),
        ("          best_of:\n", "          best_off:\n"),
        ("territory: 全国\n", "teritory: 全国\n"),
    ],
)
def test_the_line_of_what_is_double_or_misspelt(tmp_path: Path, good: str, bad: str) -> None:
    path = tmp_path / "2022.yaml"
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load(path)
    line = GOOD[: GOOD.index(good)].count("\n") + 1
    assert error.value.place == f"{path}:{line}"


def test_a_file_of_the_definitions_is_named_within_them() -> None:
    path = shelf() / "cn/srdi-sme/2022.yaml"
    text = GOOD.replace("territory: 全国\n", "teritory: 全国\n", 1)
    with pytest.raises(DefinitionError) as error:
        Document(path, text).parse(RulebookFile)
    assert error.value.place.startswith("rulebooks/cn/srdi-sme/2022.yaml:")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="找不到"):
        load(tmp_path / "none.yaml")


def test_a_rulebook_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rulebook.yaml"
    path.write_bytes(b"kind: rulebook\nid: a\n" + "title: 专精特新\n".encode("gb18030"))

    with pytest.raises(DefinitionError) as caught:
        load(path)

    assert (caught.value.place, caught.value.mend) == (f"{path}:3", "请在编辑器中另存为 UTF-8 编码")


def small(*clauses: str) -> str:
    return f"{GOOD.partition('requires:')[0]}conditions:\n{''.join(clauses)}"


def nested(levels: int, when: str = "qms_certified") -> str:
    inner = f"{{id: z, title: t, when: {when}}}"
    for k in range(levels):
        inner = f"{{id: a{k}, title: t, any_of: [{inner}]}}"
    return f"  - {inner}\n"


@pytest.mark.parametrize("levels", [30, 150, 400])
def test_clauses_that_are_nested_too_deep_are_told_with_their_line(levels: int) -> None:
    text = small("  - {id: first, title: t, when: qms_certified}\n", nested(levels))
    with pytest.raises(DefinitionError, match="套得太深") as error:
        checked(Path("a.yaml"), text)
    assert error.value.place == f"a.yaml:{len(text.splitlines())}"


def test_what_is_nested_as_deep_as_may_be_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(small(nested(29, "not " * 28 + "qms_certified")), encoding="utf-8")
    found = assess(snapshot(tmp_path / "s", [{"qms_certified": True}]), path, as_of="2022-10-25")
    assert found.manifest["counts"] == {"qualified": 1}


def test_many_alternatives_and_many_clauses_are_judged(tmp_path: Path) -> None:
    path = tmp_path / "wide.yaml"
    wide = " or ".join(f"staff[Y] >= {k}人" for k in range(1, 1_200))
    many = "".join(f"  - {{id: a{k}, title: t, when: qms_certified}}\n" for k in range(150))
    path.write_text(small(f'  - {{id: wide, title: t, when: "{wide}"}}\n', many), encoding="utf-8")
    frozen = snapshot(tmp_path / "s", [{"qms_certified": True, "staff[2021]": 1}])
    assert assess(frozen, path, as_of="2022-10-25").manifest["counts"] == {"qualified": 1}
    assert len(bounds(load(path))) == 1_199
    open_ = snapshot(tmp_path / "o", [{"qms_certified": True}])
    assert [row["missing"] for row in assess(open_, path, as_of="2022-10-25").rows()] == [["staff"]]


def test_a_rulebook_that_nobody_wrote_is_refused_soon() -> None:
    text = small("".join(f"  - {{id: a{k}, title: t, when: qms_certified}}\n" for k in range(1_001)))
    with pytest.raises(DefinitionError, match="共 1001 条，一份规则最多 1000 条"):
        checked(Path("a.yaml"), text)


@pytest.mark.parametrize("said", ["hard: false", "purpose: new"])
def test_a_rulebook_that_decides_nothing_is_told_so(said: str) -> None:
    with pytest.raises(DefinitionError, match="没有一条决定结论的条款"):
        checked(Path("a.yaml"), small(f"  - {{id: a, title: t, when: qms_certified, {said}}}\n"))
