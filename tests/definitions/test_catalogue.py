"""A list of the catalogue in which a word means two things is refused, with the line of the second."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
import sqlglot.expressions as exp

from rongtong.definitions import expression
from rongtong.definitions import expression_sql as sql
from rongtong.definitions import expression_tree as tree
from rongtong.definitions.catalogue import SQL_TYPES, Catalogue, Field, Lever, Subset, catalogue
from rongtong.definitions.loader import DefinitionError, Document
from rongtong.facts.text import quote

LIST = """\
kind: fields
title: 清单
fields:
  - id: prizes
    kind: list
    label: 奖项
    label_en: Prizes
    definition: 获得的奖项
    source: 办法
    attributes:
      - {id: kind, label: 种类, type: text, synonyms: [类别]}
      - {id: level, label: 级别, type: text, synonyms: [等级]}
    subsets:
      - {id: high, label: 高, when: kind = 高, labels: {count: [高等奖数], any: [有无高等奖]}}
      - {id: low, label: 低, when: kind = 低, labels: {count: [低等奖数]}}
"""


def catalogue_of(text: str) -> Catalogue:
    return Catalogue([Document(Path("list.yaml"), text)])


def test_a_list_whose_words_are_its_own_is_read() -> None:
    assert [one.id for one in catalogue_of(LIST)["prizes"].subsets] == ["high", "low"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: level", "id: kind", 12, "编号“kind”"),
        ("label: 级别", "label: 种类", 12, "叫法“种类”"),
        ("[等级]", "[类别]", 12, "叫法“类别”"),
        ("[等级]", "[种类]", 12, "叫法“种类”"),
        ("id: low", "id: high", 15, "编号“high”"),
        ("[低等奖数]", "[高等奖数]", 15, "叫法“高等奖数”"),
        ("[有无高等奖]", "[高等奖数]", 14, "叫法“高等奖数”"),
    ],
)
def test_a_word_that_means_two_things_is_refused(old: str, new: str, line: int, what: str) -> None:
    with pytest.raises(DefinitionError) as error:
        catalogue_of(LIST.replace(old, new))
    assert (error.value.place, error.value.what) == (f"list.yaml:{line}", f"{what}在同一清单中出现两次")


def levers() -> dict[str, Lever]:
    fields = catalogue().fields.values()
    own = {field.id: field.lever for field in fields}
    parts = {f"{field.id}.{one.id}": one.lever for field in fields for one in field.subsets}
    return {name: lever for name, lever in (own | parts).items() if lever}


def test_every_lever_says_what_to_hand_in() -> None:
    assert [name for name, lever in levers().items() if not lever.papers] == []


@pytest.mark.parametrize("name", [name for name, lever in levers().items() if lever.record])
def test_the_record_of_a_lever_belongs_to_its_subset(name: str) -> None:
    list_id, subset_id = name.split(".")
    field, lever = catalogue()[list_id], levers()[name]
    assert {*lever.record, lever.dated_by} <= {one.id for one in field.attributes}
    when = expression.condition(field.subset(subset_id).when, expression.RecordScope(field))
    facts = lever.record | {lever.dated_by: date(2022, 10, 1)}
    with duckdb.connect() as connection:
        columns = ", ".join(f"{quote(a.id)} {SQL_TYPES[a.type]}" for a in field.attributes)
        connection.execute(f"CREATE TABLE r ({columns})")
        marks = ", ".join("?" for _ in facts)
        names = ", ".join(map(quote, facts))
        connection.execute(f"INSERT INTO r ({names}) VALUES ({marks})", list(facts.values()))
        of = sql.condition(
            when, lambda atom: sql.atom(atom, lambda f: exp.column(f.name, quoted=True), date(2022, 12, 1))
        )
        assert connection.execute(f"SELECT {of.sql('duckdb')} FROM r").fetchall() == [(True,)]


def parts(of: str, subsets: dict[str, Subset]) -> set[str]:
    """The subsets that stand within one, however deep."""
    own = {one.id for one in subsets.values() if of in one.within}
    return own.union(*(parts(one, subsets) for one in own))


@pytest.mark.parametrize("field", [one for one in catalogue().lists if one.attribute("kind")], ids=lambda one: one.id)
def test_a_heading_that_names_one_kind_states_the_subset_of_that_kind(field: Field) -> None:
    """A no under the heading of a part must not become a no to the whole."""
    scope, subsets = expression.RecordScope(field), {one.id: one for one in field.subsets}
    of_one_kind = {
        name: when.right.text
        for name, one in subsets.items()
        if isinstance(when := expression.condition(one.when, scope), tree.Compare) and isinstance(when.right, tree.Word)
    }
    astray = [
        (one.id, word)
        for one in subsets.values()
        for words in one.labels.values()
        for word in words
        for part in parts(one.id, subsets)
        if part in of_one_kind and of_one_kind[part] in word
    ]
    assert astray == []
