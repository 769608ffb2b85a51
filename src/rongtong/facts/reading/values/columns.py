"""Reading a column: the usual forms at once, each remaining distinct text once, then the column as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from rongtong.definitions.catalogue import Type
from rongtong.definitions.units import UNITS
from rongtong.facts.reading.values import amounts, checks, dates, fast, labels, ratios, words
from rongtong.facts.reading.values import texts as words_of
from rongtong.facts.reading.values.spec import ARROW_TYPES, CELL_PROBLEMS, Cell, ColumnReading, NotReadError, ValueSpec
from rongtong.facts.reading.values.writing import bare_word, fold
from rongtong.i18n import _

Parser = Callable[[str, ValueSpec], Cell]
_PARSERS: dict[Type, Parser] = {
    "text": words_of.read_text, "code": words_of.read_code, "level": labels.read_level, "boolean": labels.read_boolean,
    "date": dates.read_date, "year": dates.read_year, "money": amounts.read_money, "integer": amounts.read_integer,
    "number": amounts.read_plain_number, "ratio": ratios.read_ratio,
}  # fmt: skip  # read by rows
_UNIT_KINDS: dict[Type, tuple[str, ...]] = {
    "money": ("money", "foreign"), "ratio": ("share",), "integer": ("people", "things"),
    "number": ("years", "months", "score", "things"),
}  # fmt: skip  # read by rows
_BARE = pa.decimal128(38, 20)
_NONE = frozenset({"无", "没有"})


class _Leftovers(NamedTuple):
    values: pa.Array
    bare: pa.Array
    empty: pa.Array
    problems: pa.Table


def read_column(texts: pa.Array, spec: ValueSpec) -> ColumnReading:
    """Read the cell texts of a column (strings, NULL where a cell is blank) as *spec* says.

    Every cell that is neither NULL nor ``""`` ends as a value, as ``empty`` or as a problem, and never as two of them.
    """
    column = _strings(texts)
    usual = _usual(column, spec)
    bare = _bare(column, spec)
    done = pc.or_(pc.is_valid(usual), pc.is_valid(bare))
    left = _leftovers(pc.if_else(done, None, column), spec)
    read, notes = _bare_values(pc.coalesce(bare, left.bare), column, spec)
    values, found = checks.check(pc.coalesce(pc.coalesce(usual, left.values), read), column, spec)
    return ColumnReading(values, _in_order([left.problems, *notes, *found], values), left.empty)


def _in_order(notes: list[pa.Table], values: pa.Array) -> pa.Table:
    """All notes by cell; a warning about a value that was refused after all is dropped."""
    problems = pa.concat_tables(notes).sort_by([("at", "ascending"), ("severity", "ascending")])
    lost = pc.and_(pc.equal(problems["severity"], "warning"), pc.is_null(values.take(problems["at"])))
    return problems.filter(pc.invert(lost)).combine_chunks()


def read_cell(text: str, spec: ValueSpec) -> Cell:
    """Read one text by itself. A ratio without a percent sign comes back as ``bare``: its column decides."""
    text = labels.plain_answer(text, spec)
    folded = fold(text)
    word = bare_word(folded)
    if word in words.DITTO:
        return Cell(reason=_("写的是“同上”"), mend=_("请把值逐行填写"))
    if folded.upper() in words.EXCEL_ERRORS:
        return Cell(reason=_("公式出错"), mend=_("请改正公式，或直接填写数值"))
    if not folded or (word in words.NOTHING and not _means_none(word, spec)):
        return Cell(empty=True)
    if word in _NONE and _is_count(spec):
        return Cell(0)
    text = spec.written.get(word, text)
    folded = fold(text)
    try:
        _refuse_unit(spec)
        return _PARSERS[spec.type](text if spec.type == "text" else folded, spec)
    except NotReadError as error:
        return Cell(reason=error.reason, mend=error.mend)


def _means_none(word: str, spec: ValueSpec) -> bool:
    """Whether 无 and 没有 are an answer here."""
    answers = spec.type == "boolean" or (spec.type == "level" and "无" in spec.levels)
    return word in _NONE and (answers or _is_count(spec))


def _is_count(spec: ValueSpec) -> bool:
    """Whether things are counted, of which there can be none; 无 beside a number of people says nothing."""
    return spec.type == "integer" and spec.minimum == 0 and spec.own_unit != "人"


def _fits(spec: ValueSpec) -> bool:
    """Whether the heading's unit, if any, can be one of this type's."""
    kinds, unit = _UNIT_KINDS.get(spec.type), UNITS.get(spec.unit or "")
    return kinds is None or spec.unit is None or (unit is not None and unit.kind in kinds)


def _refuse_unit(spec: ValueSpec) -> None:
    if not _fits(spec):
        raise NotReadError(_("表头的单位“{unit}”与字段不符", unit=spec.unit), _("请核对表头的单位，或另选字段"))
    if spec.type == "money" and spec.unit is not None and UNITS[spec.unit].kind == "foreign":
        raise NotReadError(_("写的是外币"), _("请按年末汇率折算成人民币填写"))


def _strings(texts: pa.Array) -> pa.Array:
    array = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return (pa.concat_arrays([array]) if array.offset else array).cast(pa.string())


def _usual(column: pa.Array, spec: ValueSpec) -> pa.Array:
    """What can be read without looking at single texts; NULL for the rest."""
    kind = ARROW_TYPES[spec.type]
    unit = UNITS.get(spec.unit or "")
    if not _fits(spec) or (unit is not None and unit.kind in {"foreign", "months"}):
        return pa.nulls(len(column), kind)
    if spec.type == "money":
        return fast.money(column, unit.power if unit else None)
    if spec.type == "integer" and (unit is None or unit.power == 0):
        return fast.integers(column)
    if spec.type == "text":
        return words_of.usual_texts(column)
    return words_of.usual_codes(column) if spec.type == "code" else pa.nulls(len(column), kind)


def _leftovers(column: pa.Array, spec: ValueSpec) -> _Leftovers:
    """Each distinct text is read once; its outcome is spread over the cells that have it."""
    coded = pc.if_else(pc.equal(column, ""), None, column).dictionary_encode()
    distinct = coded.dictionary.to_pylist()
    cells = [read_cell(text, spec) for text in distinct]

    def spread(values: Sequence[object], kind: pa.DataType) -> pa.Array:
        return pa.array(values, kind).take(coded.indices)

    reasons = spread([cell.reason or None for cell in cells], pa.string())
    severities = ["problem" if cell.value is None else "warning" for cell in cells]
    at = pc.indices_nonzero(pc.is_valid(reasons)).cast(pa.int32())
    mends = spread([cell.mend for cell in cells], pa.string())
    columns = [column, reasons, mends, spread(severities, pa.string())]
    return _Leftovers(
        spread([cell.value for cell in cells], ARROW_TYPES[spec.type]),
        spread([cell.bare for cell in cells], _BARE),
        pc.fill_null(spread([cell.empty for cell in cells], pa.bool_()), False),
        pa.Table.from_arrays([at, *(array.take(at) for array in columns)], schema=CELL_PROBLEMS),
    )


def _bare(column: pa.Array, spec: ValueSpec) -> pa.Array:
    """The bare numbers of a column that decides about them as a whole; NULL for the rest."""
    undecided = spec.type == "ratio" or (spec.type == "money" and spec.unit is None)
    return fast.bare(column) if undecided and _fits(spec) else pa.nulls(len(column), _BARE)


def _bare_values(bare: pa.Array, column: pa.Array, spec: ValueSpec) -> tuple[pa.Array, list[pa.Table]]:
    if bare.null_count == len(bare):
        return pa.nulls(len(bare), ARROW_TYPES[spec.type]), []
    if spec.type == "money":
        zero = pc.equal(bare, pa.scalar(0, _BARE))
        unclear = pc.fill_null(pc.invert(zero), False)
        zeros = fast.shift(pc.if_else(zero, bare, None), 0, 2)
        return zeros, [checks.note(unclear, column, *checks.no_unit(spec), "problem")]
    return _ratios(bare, column, spec)


def _ratios(bare: pa.Array, column: pa.Array, spec: ValueSpec) -> tuple[pa.Array, list[pa.Table]]:
    judgement = ratios.judge(bare.cast(pa.float64()), spec)
    sure = pc.if_else(pc.or_(judgement.doubtful, judgement.look), None, bare)
    look = pc.and_(judgement.look, pc.invert(judgement.doubtful))
    mend = _("请带上百分号填写，例如 5%")
    notes = [
        checks.note(judgement.doubtful, column, _("看不出是 5% 还是 0.05"), mend, "problem"),
        checks.note(look, column, _("与同列其他数相比过小，看不出是百分数还是小数"), mend, "problem"),
    ]
    return fast.shift(sure, judgement.power, 8), notes
