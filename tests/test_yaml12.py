"""YAML 1.2 by a parser of YAML 1.1: what the two read differently."""

from __future__ import annotations

import datetime

import pytest

from rongtong import yaml12


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("y", "y"), ("true", True), ("False", False),
        ("08:30", "08:30"), ("1:30", "1:30"), ("010", 10), ("0o10", "0o10"), ("1_000", "1_000"), ("-3", -3),
        ("0.05", 0.05), ("5e3", 5000.0), (".5", 0.5), ("1.", 1.0), (".inf", ".inf"), ("~", None), ("", None),
        ("null", None), ("2026-03-31", datetime.date(2026, 3, 31)), ("2026-03", "2026-03"), ("'12'", "12"), ("=", "="),
        ("喆昇璟碁𫟹", "喆昇璟碁𫟹"), ("{a: &x {b: 1}, c: {<<: *x, b: 2}}", {"a": {"b": 1}, "c": {"b": 2}}),
    ],
)  # fmt: skip  # read by rows
def test_what_a_scalar_means(text: str, value: object) -> None:
    found = yaml12.load(text)

    assert (type(found), found) == (type(value), value)


def test_a_key_said_twice_is_an_error_at_its_second_place() -> None:
    with pytest.raises(yaml12.YAMLError) as caught:
        yaml12.load("a: 1\nb: 2\na: 3\n")

    assert (caught.value.problem, caught.value.problem_mark.line) == ("found duplicate key 'a'", 2)


def test_what_is_written_is_read_again() -> None:
    value = {"名": ["喆", 0.1, 12, None, True, "no", "08:30"], "空": {}}

    assert yaml12.load(yaml12.dump(value)) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: 1\nb: 2023-02-30", "timestamp"), ("a: 1\nb: [2023-13-45]", "timestamp"),
        ("a: 1\nb: !!timestamp foo", "timestamp"),
        ("a: 1\nb: !!int x", "int"), ("a: 1\nb: !!float abc", "float"), ("a: 1\nb: !!bool maybe", "bool"),
        (f"a: 1\nb: {'9' * 5000}", "int"),
    ],
)  # fmt: skip  # read by rows
def test_what_looks_like_a_value_and_is_none_is_an_error_with_its_line(text: str, kind: str) -> None:
    with pytest.raises(yaml12.UnreadableError) as caught:
        yaml12.load(text)

    assert (caught.value.kind, caught.value.problem_mark.line) == (kind, 1)


@pytest.mark.parametrize("text", ["a: !!map x", "a: !!set x", 'a: "b\\0"', "? [1]\n: 2"])
def test_whatever_cannot_be_read_is_an_error_of_yaml(text: str) -> None:
    with pytest.raises(yaml12.YAMLError):
        yaml12.load(text)


@pytest.mark.parametrize("flow", [False, True])
@pytest.mark.parametrize("text", ["5e3", "089", "2023-02-30", "2023-03-15", "08:30", "no", "~", "12", ".5", "<<"])
def test_a_text_that_looks_like_a_value_is_written_so_that_it_stays_a_text(text: str, flow: bool) -> None:
    assert yaml12.load(yaml12.dump({text: [text]}, flow=flow)) == {text: [text]}


def test_where_one_part_stands_for_another_is_told_with_its_line() -> None:
    assert list(yaml12.references("a: &x 1\nb: '*x'\nc: *x\n")) == [("x", 3)]
