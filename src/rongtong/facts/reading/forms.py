"""Forms of a single firm: headings with their values beside them, and small tables of years inside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rongtong.definitions.units import UNITS
from rongtong.facts.reading.block_rows import Context
from rongtong.facts.reading.grid import WHOLE, Grid
from rongtong.facts.reading.headings import Meaning, apart
from rongtong.facts.reading.model import Column, Rows, Table
from rongtong.facts.reading.names import read_codes, read_names
from rongtong.facts.reading.pieces import Layer, Piece, settle
from rongtong.facts.reading.plausible import doubt
from rongtong.facts.reading.specs import fitting_unit, spec_of
from rongtong.facts.reading.values import read_column
from rongtong.facts.reading.vocabulary import Target, several
from rongtong.i18n import _

_IDENTITY = ("uscc", "name")
_WIDEST = 40


@dataclass(frozen=True)
class Entry:
    """A heading and the cell of its value (row and column from 0)."""

    meaning: Meaning
    target: Target
    row: int
    column: int
    text: str
    unit: str | None


def read_form(context: Context, grid: Grid) -> tuple[list[Table], list[Column]]:
    """The tables of a form; nothing where the sheet is none. Cells it does not use stay open for the caller."""
    if grid.height > WHOLE or grid.width > _WIDEST or context.account.sheet.cells.num_rows > WHOLE:
        return [], []
    form = _Form(context, grid)
    tables: list[Table] = []
    for firm in form.firms():
        tables += form.tables(firm)
    return tables, form.columns


class _Form:
    def __init__(self, context: Context, grid: Grid) -> None:
        self.context, self.grid = context, grid
        self.sheet = context.account.sheet
        self.columns: list[Column] = []
        self._labels: dict[tuple[int, int], Meaning] = {}

    def firms(self) -> list[list[Entry]]:
        """The entries of each firm: a new one begins where an identity is stated again."""
        firms: list[list[Entry]] = [[]]
        for entry in self._entries():
            field = entry.target.field
            if field in _IDENTITY and any(e.target.field == field for e in firms[-1]):
                firms.append([])
            firms[-1].append(entry)
        return [firm for firm in firms if any(e.target.field in _IDENTITY for e in firm)]

    def _entries(self) -> list[Entry]:
        entries: list[Entry] = []
        years: dict[int, tuple[int, int]] = {}
        for row in range(self.grid.height):
            labels = self._labels_of(row)
            years = self._years_of(row) or years
            for column, meaning in labels.items():
                entries += self._values(row, column, meaning, labels, years)
        return entries

    def _labels_of(self, row: int) -> dict[int, Meaning]:
        found: dict[int, Meaning] = {}
        previous_value = False
        for column in self.grid.filled(row):
            text = self.grid.text(row, column).rstrip("：: ")
            meaning = self.context.interpreter.read([text], self.context.calendar, guess=False)
            is_label = meaning.target is not None or meaning.how == "contact"
            if is_label and not (previous_value and column - 1 in found and self._is_answer(meaning)):
                found[column] = meaning
            previous_value = True
        return found

    def _is_answer(self, meaning: Meaning) -> bool:
        """A text such as 高新技术企业 beside a heading is its value."""
        return bool(meaning.target and meaning.target.part)

    def _years_of(self, row: int) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for column in self.grid.filled(row):
            meaning = self.context.interpreter.read([self.grid.text(row, column)], self.context.calendar, guess=False)
            if meaning.bare and meaning.years and meaning.years[0] == meaning.years[1]:
                found[column] = meaning.years
        return found if len(found) >= 2 or (found and len(self.grid.filled(row)) == 2) else {}

    def _values(
        self, row: int, column: int, meaning: Meaning, labels: dict[int, Meaning], years: dict[int, tuple[int, int]]
    ) -> list[Entry]:
        target = meaning.target
        if target is None:
            self._contact(row, column)
            return []
        dated = target.per_year and meaning.years is None and not meaning.undated
        under = [c for c in years if c > column and c not in labels]
        if dated and under and not any(c > column for c in labels):
            cells: list[tuple[int, tuple[int, int] | None]] = [(c, years[c]) for c in under]
        else:
            value = self._beside(row, column)
            cells = [] if value is None or value in labels else [(value, meaning.years or self._year(target))]
        return [
            self._entry(row, c, meaning, target, span)
            for c, span in cells
            if self.grid.text(row, c) and self._asked(row, c, target, span)
        ]

    def _year(self, target: Target) -> tuple[int, int] | None:
        """The reporting year, for what is a fact of a year."""
        year = self.context.year
        of_a_year = target.per_year and (target.part is None or target.part.endswith("amount"))
        return (year, year) if year and of_a_year else None

    def _asked(self, row: int, column: int, target: Target, span: tuple[int, int] | None) -> bool:
        """Whether the year is known where one is needed; else the cell is reported."""
        if several(target, span):
            self.context.account.report_cells(
                column, np.array([row]), _("跨多年的栏目，看不出是哪一年"), apart(target, span)
            )
            return False
        if span or not target.per_year or (target.part and not target.part.endswith(".amount")):
            return True
        self.context.account.report_cells(
            column, np.array([row]), _("没有写明是哪一年"), _("请写上年份，或说明算哪一年（命令行用 --year 2021）")
        )
        return False

    def _beside(self, row: int, column: int) -> int | None:
        merge = self.grid.merge(row, column)
        after = (merge[3] if merge else column) + 1
        return next((c for c in range(after, min(after + 3, self.grid.width)) if self.grid.text(row, c)), None)

    def _contact(self, row: int, column: int) -> None:
        value = self._beside(row, column)
        for place in (column, value):
            if place is not None:
                where, reason = _("第 {row} 行", row=row + 1), _("联系方式不入库")
                self.context.account.ignore(place, np.array([row]), where, reason, _("无需处理"))

    def _entry(self, row: int, column: int, meaning: Meaning, target: Target, span: tuple[int, int] | None) -> Entry:
        unit = meaning.unit
        after = self._beside(row, column)
        if unit is None and after is not None and (said := self.grid.text(row, after)) in UNITS:
            unit = said
        year = None if span is None else "..".join(str(y) for y in dict.fromkeys(span))
        self.columns.append(
            Column(self.sheet.name, column, meaning.heading, target.slot(span), unit, year, meaning.how, meaning.note)
        )
        return Entry(meaning, target, row, column, target.slot(span), fitting_unit(target, unit, self.context.unit))

    def tables(self, firm: list[Entry]) -> list[Table]:
        """One table of the firm's identity a row it stands on, and one of its facts."""
        account = self.context.account
        identity = {e.target.field: e for e in firm if e.target.field in _IDENTITY}
        said = {field: self._identity(entry) for field, entry in identity.items()}
        facts = [e for e in firm if e.target.field not in _IDENTITY]
        rows = np.array(sorted({e.row for e in facts}), np.intp)
        pieces = [self._piece(entry, rows) for entry in facts]
        if not any(said.values()):
            for entry in facts:
                account.fail(entry.column, np.array([entry.row]))
            account.report_rows(rows, _("表里没有读到企业名称或代码"), _("请补上统一社会信用代码或企业名称"))
            return []
        layers = settle(account, rows, pieces, np.zeros(0, np.intp))
        doubt(account, self.context.interpreter.catalogue, rows, layers, pa.array([""] * len(rows)))
        tables = self._identities(identity, said)
        return tables + [self._layer(rows, said, layer) for layer in layers if len(rows)]

    def _layer(self, rows: Rows, said: dict[str, str | None], layer: Layer) -> Table:
        values = {slot: array for slot, (_c, array) in layer.items()}
        return self._table(rows, said, values, {slot: column for slot, (column, _v) in layer.items()})

    def _piece(self, entry: Entry, rows: Rows) -> Piece:
        spec = spec_of(self.context.interpreter.catalogue, entry.target, entry.unit, self.sheet, entry.column)
        texts = pa.array([self.grid.text(entry.row, entry.column)])
        return Piece(entry.text, entry.column, np.flatnonzero(rows == entry.row), read_column(texts, spec))

    def _identity(self, entry: Entry) -> str | None:
        texts = pa.array([self.grid.text(entry.row, entry.column)])
        row = np.array([entry.row])
        if entry.target.field == "name":
            value = read_names(texts)[0].as_py()
        else:
            codes, found = read_codes(texts)
            self.context.account.report_column(entry.column, row, found)
            value = codes[0].as_py()
        if value:
            self.context.account.use(entry.column, row)
        return str(value) if value else None

    def _identities(self, identity: dict[str, Entry], said: dict[str, str | None]) -> list[Table]:
        by_row: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for field, entry in identity.items():
            if said[field]:
                by_row[entry.row][field] = entry.column
        return [self._table(np.array([row], np.intp), said, {}, cells) for row, cells in by_row.items()]

    def _table(
        self,
        rows: Rows,
        said: dict[str, str | None],
        values: dict[str, pa.Array],
        cells: dict[str, int],
    ) -> Table:
        base = {"row": pa.array(rows + 1, pa.int32())}
        for field in _IDENTITY:
            base[field] = pa.array([said.get(field)] * len(rows), pa.string())
        return Table(self.sheet.name, "facts", None, pa.table({**base, **values}), cells)
