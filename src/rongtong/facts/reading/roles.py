"""What each column of a block is for: a fact, an attribute of a list, a year, an indicator, nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from rongtong.definitions.catalogue import Catalogue
from rongtong.facts.reading.headings import Interpreter, Meaning
from rongtong.facts.reading.layout import Block
from rongtong.facts.reading.writing import key, plain, without_numbering
from rongtong.facts.reading.years import Calendar

_YEARS = {"年度", "年份", "会计年度", "数据年度", "所属年度", "报告年度", "统计年度"}
_INDICATORS = {"指标", "指标名称", "指标项", "项目", "项目名称", "数据项", "填报项目", "指标内容"}
_VALUES = {"数值", "数据", "值", "指标值", "填报值", "填报内容", "填报数", "数额", "数", "金额", "实际值"}
_UNITS = {"单位", "计量单位", "数据单位"}
#: Facts that lists of records tell of their firms too.
_BESIDE_RECORDS = {"name", "uscc", "former_name", "english_name", "district", "address", "main_product"}


@dataclass(frozen=True)
class Roles:
    """The columns of a block by what they are for. *list_id* of the list whose records its rows are.

    In long layouts *year* is the column of years, *indicator* that of indicators, *values* those of their values and
    *unit* that of their units.
    """

    meanings: dict[int, Meaning]
    name: int | None
    uscc: int | None
    list_id: str | None = None
    year: int | None = None
    indicator: int | None = None
    values: tuple[int, ...] = ()
    unit: int | None = None


def find_roles(block: Block, interpreter: Interpreter, calendar: Calendar, sheet: str) -> Roles:
    """The roles of the columns of *block*."""
    list_id = _list(block, interpreter, calendar, sheet)
    meanings = {c: interpreter.read(path, calendar, list_id) for c, path in block.paths.items()}
    keys = {c: key(without_numbering(plain(path[-1]))) for c, path in block.paths.items()}
    indicator = next((c for c, words in keys.items() if words in _INDICATORS and not list_id), None)
    if indicator is not None:
        roles = _with_indicator(meanings, keys, indicator)
        if roles.values:
            return roles
    name, uscc = _first(meanings, "name"), _first(meanings, "uscc")
    year = None if list_id else next((c for c, words in keys.items() if words in _YEARS), None)
    if year is not None and not any(_undated(meaning) for meaning in meanings.values()):
        year = None
    return Roles(meanings, name, uscc, list_id, year)


def _first(meanings: dict[int, Meaning], field: str) -> int | None:
    return next(
        (c for c, m in meanings.items() if m.target and m.target.field == field and m.target.part is None), None
    )


def _undated(meaning: Meaning) -> bool:
    return bool(meaning.target and meaning.target.per_year and meaning.years is None)


def _with_indicator(meanings: dict[int, Meaning], keys: dict[int, str], indicator: int) -> Roles:
    """A row an indicator: its values stand in a column of values, or in one column a year."""
    unit = next((c for c, words in keys.items() if words in _UNITS), None)
    year = next((c for c, words in keys.items() if words in _YEARS), None)
    dated = [c for c, m in meanings.items() if m.bare and m.years]
    values = dated or [c for c, words in keys.items() if words in _VALUES and c > indicator]
    taken = {indicator, unit, year, *values}
    rest = {c: m for c, m in meanings.items() if c not in taken}
    name, uscc = _first(rest, "name"), _first(rest, "uscc")
    marked = meanings | {c: replace(meanings[c], target=None, how="exact") for c in taken if c is not None}
    return Roles(marked, name, uscc, None, year, indicator, tuple(values), unit)


def _list(block: Block, interpreter: Interpreter, calendar: Calendar, sheet: str) -> str | None:
    """The list most of whose attributes the headings are, when the rows are its records and not firms."""
    hits: Counter[str] = Counter()
    facts = 0
    for path in block.paths.values():
        fact = interpreter.read(path, calendar, guess=False).target
        facts += bool(fact and fact.field not in _BESIDE_RECORDS)
        for list_id in interpreter.words.attributes:
            target = interpreter.read(path, calendar, list_id, guess=False).target
            hits[list_id] += bool(
                target
                and target.field == list_id
                and target.how != "fuzzy"
                and target.part in _ids(interpreter.catalogue, list_id)
            )
    if not hits:
        return None
    best, count = hits.most_common(1)[0]
    field = interpreter.catalogue[best]
    named = any(key(word) in key(sheet + "".join(block.intro)) for word in (field.label, *field.synonyms))
    enough = count >= 3 or (count >= 2 and (named or facts == 0)) or (count == 1 and named and facts == 0)
    return best if enough and count > facts else None


def _ids(catalogue: Catalogue, list_id: str) -> set[str]:
    return {attribute.id for attribute in catalogue[list_id].attributes}
