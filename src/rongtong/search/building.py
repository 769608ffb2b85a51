"""Building an index beside a snapshot: in a folder of its own, whole or not at all."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import tantivy

from rongtong.facts.snapshot import Snapshot
from rongtong.search import fields
from rongtong.search.documents import documents
from rongtong.search.index import SHOWN, STATEMENT, TERMS, VERSION, Index
from rongtong.search.listing import connect, listing
from rongtong.search.spells import SPELLS

_THREADS = 2
_DAY = 86_400
_MEGABYTE = 1_000_000


def build(snapshot: Snapshot, folder: Path) -> Index:
    """Build the index of *snapshot* in *folder*, or open it when it is there already.

    What is made goes to a dot folder beside *folder* and is renamed when it is whole, so a process that ends half way
    leaves nothing that opens. The same snapshot gives the same answers, whoever builds.
    """
    if Index.is_of(folder, snapshot.id):
        return Index.open(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent, ignore_cleanup_errors=True) as temporary:
        made = Path(temporary) / "index"
        (made / TERMS).mkdir(parents=True)
        _write(snapshot, made)
        _put(made, folder, snapshot.id)
    return Index.open(folder)


def prune(root: Path, keep: Collection[str]) -> None:
    """Remove the indexes in *root* but those called as in *keep*, and what a killed build left there a day ago."""
    for folder in root.iterdir() if root.is_dir() else ():
        fresh = folder.name.startswith(".") and time.time() - folder.stat().st_mtime < _DAY
        if folder.name not in keep and not fresh:
            shutil.rmtree(folder, ignore_errors=True)


def _put(made: Path, folder: Path, snapshot: str) -> None:
    """Move what is built into its place; what does not open or is of something else goes.

    When another process was quicker, its index stays: it gives the same answers.
    """
    if not Index.is_of(folder, snapshot):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        made.rename(folder)
    except OSError:
        if not Index.is_of(folder, snapshot):
            raise


def _write(snapshot: Snapshot, folder: Path) -> None:
    stated = snapshot.manifest.get("reference_date")
    with connect(snapshot) as connection:
        # In one piece, since rows are taken from it by number: from several, each column would be joined first.
        shown = listing(connection, date.fromisoformat(stated) if stated else None).combine_chunks()
        spells = connection.execute(SPELLS).fetchall()
        titles = connection.sql("SELECT n, kind, granted_on, valid_until FROM list_titles").to_arrow_table()
    with pa.OSFile(str(folder / SHOWN), "wb") as sink, pa.ipc.new_file(sink, shown.schema) as writer:
        writer.write_table(shown)
    _index(shown, titles, folder / TERMS)
    statement = {"version": VERSION, "snapshot": snapshot.id, "firms": shown.num_rows, "spells": spells}
    (folder / STATEMENT).write_text(json.dumps(statement, ensure_ascii=False), encoding="utf-8")


def _index(shown: pa.Table, titles: pa.Table, folder: Path) -> None:
    """Write the terms; each thread holds up to 400 MB of them before it writes a segment."""
    index = tantivy.Index(fields.schema(), str(folder), reuse=False)
    fields.register(index)
    room = min(400 * _MEGABYTE, 20 * _MEGABYTE + shown.num_rows * 1000)
    writer = index.writer(_THREADS * room, _THREADS)
    for batch in documents(shown, titles):
        for document in batch:
            writer.add_json(document)
    writer.commit()
    writer.wait_merging_threads()
