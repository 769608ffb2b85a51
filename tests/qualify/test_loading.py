"""What is wrong with a rulebook is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rongtong.definitions.loader import DefinitionError, Document
from rongtong.qualify import load
from rongtong.qualify.rulebook import shelf
from rongtong.qualify.schema import RulebookFile

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
    ("a number without its unit", "segment_years[Y] >= 2年", "segment_years[Y] >= 2", "单位不一致"),
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
