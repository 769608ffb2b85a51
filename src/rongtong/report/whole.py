"""A workbook that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import clear_frames

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


@contextmanager
def written(path: Path) -> Iterator[Workbook]:
    """A workbook to be filled, which is at *path* (.xlsx) afterwards; its rows lie beside it on the disk meanwhile.

    Raises OSError, naming *path*, when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(prefix=".", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            packed = BytesIO()
            with _filled(packed, folder) as book:
                yield book
            unfinished.write_bytes(packed.getbuffer())
            unfinished.replace(path)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


@contextmanager
def _filled(packed: BytesIO, folder: str) -> Iterator[Workbook]:
    book = Workbook(packed, {"constant_memory": True, "tmpdir": folder})
    try:
        yield book
        book.close()
    except FileCreateError as error:
        [refused] = error.args  # the OSError that says what the matter is
        clear_frames(refused.__traceback__)  # the ZipFile there ends now, not when what it writes into is gone
        raise refused from None
    finally:
        for sheet in book.worksheets():
            with suppress(OSError):  # what is still to be written there will not be read
                sheet.row_data_fh.close()
