"""What is wrong with a definition file is told with its line and a mend, in the reader's language, and soon."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest

from rongtong import i18n
from rongtong.definitions import loader
from rongtong.definitions.editions import InForce
from rongtong.definitions.loader import DefinitionError, Document, Model, Source


class Part(Model):
    """A part with one of each kind of value."""

    name: str
    points: Decimal = Decimal(0)
    hard: bool = False
    parts: tuple[Part, ...] = ()
    in_force: tuple[InForce, ...] = ()
    source: Source | None = None


def wrong(text: str, path: Path = Path("a.yaml")) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        Document(path, text).parse(Part)
    return caught.value


@pytest.mark.parametrize(
    ("text", "what", "english"),
    [
        ("name: a\nin_force: [{purpose: new, from: 2023-02-30}]", "没有这一天：2023-02-30",
         "There is no such day: 2023-02-30"),
        ("name: a\npoints: !!int x", "“x”读不出来", "“x” cannot be read"),
        ("name: a\npoints: &a 1\nhard: *a", "不能用 * 引用别处：*a", "Nothing may be referred to by *: *a"),
        ("name: a\n1: 2", "1：键要写文字", "1: a key must be a text"),
        ("name: a\nnaem: b", "naem：没有这个键", "naem: there is no such key"),
        ("points: 1", "name：没有写", "name: is missing"),
        ("name: 2023", "name：要写文字；像数或日期的文字请加引号",
         "name: must be a text; quote one that looks like a number or a date"),
        ("name: a\npoints: 多", "points：要写数，位数不能太多", "points: must be a number, without too many digits"),
        ("name: a\npoints: 1e400", "points：要写数，位数不能太多", "points: must be a number, without too many digits"),
        ("name: a\nhard: 也许", "hard：要写 true 或 false", "hard: must be true or false"),
        ("name: a\nparts: 1", "parts：要写成清单，每项前写 -", "parts: must be a list, with - before each"),
        ("name: a\nsource: 通知", "source：要写成“键: 值”", "source: must be “key: value”"),
        ("name: a\nin_force: [{purpose: old, from: 2023-01-01}]", "in_force·0·purpose：只能写 'new', 'review'",
         "in_force·0·purpose: must be one of 'new', 'review'"),
        ("name: a\nin_force: [{purpose: new, from: 明天}]", "in_force·0·from：要写日期，例如 2026-03-31",
         "in_force·0·from: must be a date, for instance 2026-03-31"),
        ("name: a\nin_force: [{purpose: new, from: 2023-01-02, until: 2023-01-01}]",
         "until 2023-01-01 早于 from 2023-01-02", "until 2023-01-01 comes before from 2023-01-02"),
        ("name: a\nname_en: [a]", "name_en 与它旁边的中文不是一样的结构",
         "name_en does not have the form of the Chinese beside it"),
    ],
)  # fmt: skip  # read by rows
def test_what_is_wrong_is_told_in_the_language_of_the_reader(text: str, what: str, english: str) -> None:
    with i18n.using("zh"):
        assert what in wrong(text).what
    with i18n.using("en"):
        assert english in wrong(text).what


def test_an_impossible_date_is_told_with_its_line_and_the_mend() -> None:
    found = wrong("name: a\nin_force:\n  - {purpose: new, from: 2023-13-45}\n")

    assert (found.place, found.mend) == ("a.yaml:3", "日期写成 2026-03-31，要真有这一天；要写的是文字，就加上引号")


def test_a_place_that_lies_deep_is_told_by_its_ends() -> None:
    text = "{name: a, parts: [" * 30 + "{nmae: b}" + "]}" * 30

    assert wrong(text).what == "parts·0·parts·0·…·0·parts·0·nmae：没有这个键"


def test_a_file_of_many_references_is_refused_at_once() -> None:
    parts = ["a0: &a0 {name: a}"] + [f"a{k}: &a{k} {{<<: [{', '.join([f'*a{k - 1}'] * 9)}]}}" for k in range(1, 12)]
    since = time.perf_counter()

    assert (wrong("\n".join(parts)).place, time.perf_counter() - since < 1) == ("a.yaml:2", True)


def test_a_file_that_nobody_wrote_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "LARGEST", 10)
    file = tmp_path / "a.yaml"
    file.write_text("name: aaaaaaaaaaa", encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        loader.read(file)
    assert (caught.value.place, "文件有" in caught.value.what, bool(caught.value.mend)) == (str(file), True, True)
