"""Layouts of workbooks as data: which columns a sheet has, under which headings, written in which style."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rongtong.definitions.loader import Model, read
from rongtong.sample.parameters import folder


class Column(NamedTuple):
    """A column: headings from the top level down, what it states, how it is written, and what is special about it."""

    headings: tuple[str, ...]
    slot: str
    style: str
    options: tuple[str, ...]

    @property
    def states(self) -> bool:
        """Whether the column states a fact."""
        return bool(self.slot)

    @classmethod
    def parse(cls, text: str) -> Column:
        """Read ``上级标题|标题 ; slot ; style ; options``."""
        headings, slot, style, *options = (piece.strip() for piece in text.split(";"))
        return cls(tuple(headings.split("|")), slot, style, tuple(options))


class SheetLayout(Model):
    """A sheet: title rows, columns (``;``-separated), notes below; *per* says what a row is."""

    name: str
    title: tuple[str, ...] = ()
    per: Literal["firm", "year", "record"] = "firm"
    records: str = ""
    only: str = ""
    streets: bool = False
    columns: tuple[str, ...]
    footer: tuple[str, ...] = ()

    def parsed(self) -> list[Column]:
        """The columns, read."""
        return [Column.parse(text) for text in self.columns]


class Import(Model):
    """How a workbook is to be imported: the kind of its source, the lists it states complete, its document number."""

    source: str
    complete: tuple[str, ...] = ()
    number: str = ""


class BookLayout(Model):
    """A workbook: its file, whose it is, how often a value is missing and by which marks, and how to import it."""

    file: str
    about: str = ""
    encoding: str = "utf-8-sig"
    missing: float = 0.0
    marks: tuple[str, ...] = ("",)
    broken: float = 0.0
    sheets: tuple[SheetLayout, ...]
    imports: Import


class LayoutFile(Model):
    """A file of layouts."""

    books: tuple[BookLayout, ...]


def load(file: str) -> tuple[BookLayout, ...]:
    """The layouts of a file in ``sample/data``."""
    return read(folder() / file).parse(LayoutFile).books
