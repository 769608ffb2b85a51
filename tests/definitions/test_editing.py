"""A definition file changed by a form says what it should, and keeps the look of all that was not changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rongtong import yaml12
from rongtong.definitions import editing
from rongtong.definitions.loader import Loc
from rongtong.qualify.shelf import known, shelf

OFFICIAL = [path for path in sorted(shelf().rglob("*.yaml")) if not path.stem.endswith(".examples")]
TEXT = """\
# 规则（示例）
title: 成长型企业   # 名称
in_force: [{purpose: new, from: 2022-08-01}]
note: >-
  第一行
  第二行

conditions:                     # 全部满足
  - {id: age, title: 年限, when: "segment_years[Y] >= 2年"}
  # 收入
  - id: money
    title: 收入
    any_of:
      - {id: a, when: "revenue[Y] >= 1000万元"}
  - id: last
    title: 末条
score: {max: 20, groups: []}
"""


def changed(new: str) -> list[str]:
    """The lines that went and came."""
    lines = difflib.unified_diff(TEXT.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("loc", "value", "lines"),
    [
        (("title",), "成长型企业", []),
        (("title",), "瞪羚: 企业", ["-title: 成长型企业   # 名称", '+title: "瞪羚: 企业"   # 名称']),
        (
            ("conditions", 0, "title"),
            "年限，两年",
            [
                '-  - {id: age, title: 年限, when: "segment_years[Y] >= 2年"}',
                '+  - {id: age, title: 年限，两年, when: "segment_years[Y] >= 2年"}',
            ],
        ),
        (("conditions", 1, "title"), "2022", ["-    title: 收入", '+    title: "2022"']),
        (("conditions", 2, "when"), "revenue[Y] >= 5元", ["+    when: revenue[Y] >= 5元"]),
        (
            ("score", "note"),
            "a, b",
            ["-score: {max: 20, groups: []}", '+score: {max: 20, groups: [], note: "a, b"}'],
        ),
        (("note",), "一行", ["-note: >-", "-  第一行", "-  第二行", "+note: 一行"]),
    ],
)
def test_one_thing_put_changes_one_place(loc: Loc, value: object, lines: list[str]) -> None:
    new = editing.put(TEXT, loc, value)
    assert (editing.part(yaml12.load(new), loc), changed(new)) == (value, lines)


@pytest.mark.parametrize(
    ("loc", "lines"),
    [
        (("conditions", 0), ['-  - {id: age, title: 年限, when: "segment_years[Y] >= 2年"}']),
        (("conditions", 2), ["-  - id: last", "-    title: 末条"]),
        (("conditions", 1, "title"), ["-    title: 收入"]),
        (("score", "groups"), ["-score: {max: 20, groups: []}", "+score: {max: 20}"]),
        (("note",), ["-note: >-", "-  第一行", "-  第二行"]),
    ],
)
def test_what_is_cut_is_gone_and_nothing_else(loc: Loc, lines: list[str]) -> None:
    assert changed(editing.cut(TEXT, loc)) == lines


def test_an_item_added_comes_last_and_stands_as_the_others_do() -> None:
    new = editing.add(TEXT, ("conditions",), {"id": "new", "title": "新条", "when": "qms_certified"})
    assert changed(new) == ["+  - id: new", "+    title: 新条", "+    when: qms_certified"]
    inline = editing.add(TEXT, ("in_force",), {"purpose": "review"})
    assert changed(inline)[1] == "+in_force: [{purpose: new, from: 2022-08-01}, {purpose: review}]"
    first = editing.add(TEXT, ("excludes",), {"id": "x"})
    assert yaml12.load(first)["excludes"] == [{"id": "x"}]


def locs(tree: object, at: Loc = ()) -> list[Loc]:
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [found for step, one in steps for found in ((*at, step), *locs(one, (*at, step)))]


@pytest.mark.parametrize("rulebook", known())
def test_every_part_of_every_rulebook_can_be_changed_in_its_place(rulebook: str) -> None:
    text = next((shelf() / rulebook).glob("[0-9]*[0-9].yaml")).read_text(encoding="utf-8")
    comments = text.count("#")
    for loc in locs(yaml12.load(text))[::23]:
        for new in (editing.put(text, loc, "“改”: 1"), editing.cut(text, loc)):
            assert abs(new.count("#") - comments) <= 1, loc  # it was not written anew


def every_part(tree: object, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    """Where each part of a file stands, and among how many."""
    steps = list(tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ())
    for step, part in steps:
        yield (*loc, step), len(steps)
        yield from every_part(part, (*loc, step))


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_cutting_any_one_part_of_an_official_file_leaves_every_other_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, places = set(text.splitlines()), list(every_part(yaml12.load(text)))
    chosen = {loc for loc, among in places if among == 1 and loc} | {loc for loc, _among in places[::19]}
    for loc in sorted(chosen, key=str):
        strange = [line for line in editing.cut(text, loc).splitlines() if line not in lines]
        assert len(strange) <= 1, loc
