"""A workbook of verdicts read back: what it says it was made of, and where it is not what would be written again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from openpyxl.utils import get_column_letter

from rongtong import i18n
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.report.summary import basis_labels
from rongtong.workbooks import Sheet, open_sheets

FIRST_LINES = 40


def basis(path: Path) -> dict[str, str]:
    """What the verdicts at *path* (.xlsx) were made of, by its name in the manifest: ``rulebook``, ``snapshot``, ….

    Raises InputError when *path* is no workbook of verdicts.
    """
    with sheets_of(path) as (language, sheets), i18n.using(language):
        labels = {label: name for name, label in basis_labels().items()}
        lines = zip(*(column.to_pylist() for column in sheets[0].cells.slice(0, FIRST_LINES).columns[:2]), strict=True)
        return {labels[label]: text or "" for label, text in lines if label in labels}


def first_difference(path: Path, write: Callable[[Path], None]) -> str:
    """The first cell of *path* that is not what *write* makes again, in words; empty when there is none."""
    with sheets_of(path) as (language, stated), tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        again = Path(folder) / "again.xlsx"
        with i18n.using(language):
            write(again)
        with sheets_of(again) as (_language, found):
            return next(differences(stated, found), "")


@contextmanager
def sheets_of(path: Path) -> Iterator[tuple[str, list[Sheet]]]:
    """The sheets of a workbook of verdicts, and the language it was written in."""
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        sheets = open_sheets(path, Path(folder))
        yield written_in(sheets[0].name if sheets else "", path), sheets


def written_in(summary: str, path: Path) -> str:
    """The language whose first sheet is called *summary*."""
    for language in i18n.LANGUAGES:
        with i18n.using(language):
            if summary == _("说明"):
                return language
    raise InputError(_("不是预审结果"), place=str(path), mend=_("请给出 rongtong assess --out 写出的文件或结果文件夹"))


def differences(stated: list[Sheet], found: list[Sheet]) -> Iterator[str]:
    """Every cell in which the sheets differ, in words."""
    for left, right in zip_longest(stated, found):
        if left is None or right is None or left.name != right.name:
            yield _("工作表 {name} 多出或缺少", name=(left or right).name)
            return
        for row, (a, b) in enumerate(zip_longest(texts(left), texts(right), fillvalue=()), 1):
            for index, (one, other) in enumerate(zip_longest(a, b)):
                if (one or "") != (other or ""):
                    place = f"{left.name}!{get_column_letter(index + 1)}{row}"
                    yield _("{place}：表中为 {stated}，重算为 {again}", place=place, stated=one, again=other)


def texts(sheet: Sheet) -> Iterator[tuple[str | None, ...]]:
    """The rows of a sheet as texts."""
    for batch in sheet.cells.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
