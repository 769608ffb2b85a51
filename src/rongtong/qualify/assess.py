"""Assess every firm of a snapshot by a rulebook, and write the result folder that can be verified."""

from __future__ import annotations

import json
import shutil
import tempfile
import uuid
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from rongtong.definitions.editions import application_date, choose
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.qualify.assessment import Assessment
from rongtong.qualify.compile import Program
from rongtong.qualify.rulebook import Rulebook, editions
from rongtong.qualify.stretches import write

PURPOSES = ("new", "review")


def assess(
    snapshot: Snapshot,
    rulebook: str | Path,
    *,
    edition: str | None = None,
    purpose: str = "new",
    as_of: date | str | None = None,
    out: Path | None = None,
    clauses: bool = True,
) -> Assessment:
    """Judge every firm of *snapshot* by *rulebook* (an id such as ``cn/srdi-sme``, or a file).

    The edition follows from *purpose* (``new``, ``review``) and *as_of*, the date of application: as given, else the
    snapshot's reference date. The result, ``verdicts.parquet``, ``clauses.parquet`` and ``manifest.json``, goes into a
    folder below *out* named by its content, else into a temporary one. Without *clauses* only verdicts are written:
    lists of millions, of which nobody asks why. Raises :class:`InputError`.
    """
    if purpose not in PURPOSES:
        raise InputError(_("没有用途 {purpose}", purpose=purpose), mend=_("用途为 new（申报）或 review（复核）"))
    day = application_date(as_of, snapshot.manifest)
    book = choose(editions(rulebook), edition=edition, purpose=purpose, as_of=day)
    program = program_for(snapshot, book, day)
    parent = out or Path(tempfile.mkdtemp(prefix="rongtong-"))
    parent.mkdir(parents=True, exist_ok=True)
    draft = parent / f".{uuid.uuid4().hex}"
    draft.mkdir()
    try:
        digests = write(snapshot, program, draft, clauses=clauses)
        manifest = describe(snapshot, program, purpose, digests) | {"counts": count(draft)}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (draft / "manifest.json").write_text(text, encoding="utf-8")
        final = parent / str(manifest["id"])
        if final.exists():
            shutil.rmtree(final)
        draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Assessment(final, snapshot, program, manifest)


def reopen(result: Path, snapshot: Snapshot) -> Assessment:
    """The assessment in the result folder *result*, made of *snapshot*. Raises InputError when it is none."""
    manifest = manifest_of(result)
    day = date.fromisoformat(manifest["as_of"])
    known = editions(manifest["rulebook"])
    book = choose(known, edition=manifest["edition"], purpose=manifest["purpose"], as_of=day)
    return Assessment(result, snapshot, program_for(snapshot, book, day), manifest)


def manifest_of(result: Path) -> dict[str, Any]:
    """The manifest of a result folder. Raises InputError when the folder is not an assessment's."""
    try:
        found: dict[str, Any] = json.loads((result / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(_("不是预审结果"), place=str(result), mend=_("请指定 rongtong assess 的结果文件夹")) from error
    if not isinstance(found, dict) or found.get("kind") != "assessment":
        raise InputError(_("不是预审结果"), place=str(result), mend=_("请指定 rongtong assess 的结果文件夹"))
    return found


def program_for(snapshot: Snapshot, book: Rulebook, day: date) -> Program:
    """The rulebook compiled against what the snapshot has."""
    attributes = {
        table.removeprefix("list_"): frozenset(pq.read_schema(snapshot.path / f"{table}.parquet").names)
        for table in snapshot.tables
        if table.startswith("list_")
    }
    return Program(book, day, snapshot.columns, attributes)


def describe(snapshot: Snapshot, program: Program, purpose: str, digests: dict[str, str]) -> dict[str, Any]:
    """The manifest of a result: what it was made of, and the digests by which it can be checked."""
    book = program.book
    made_of = {
        "kind": "assessment",
        "snapshot": snapshot.id,
        "rulebook": book.id,
        "edition": book.edition,
        "definition": book.sha256,
        "catalogue": book.catalogue.sha256,
        "purpose": purpose,
        "as_of": program.day.isoformat(),
        "software": version("rongtong"),
        "digests": digests,
    }
    head = {
        "title": book.file.title, "document": book.file.source.document, "number": book.file.source.number,
        "part": book.file.source.part, "verified": book.file.source.verified, "authority": book.file.authority,
    }  # fmt: skip
    return {"id": digest.of_json(made_of)[:32], **made_of, "source": head}


def count(folder: Path) -> dict[str, int]:
    """Firms by verdict."""
    with duckdb.connect() as connection:
        file = literal(str(folder / "verdicts.parquet"))
        rows = connection.execute(f"SELECT verdict, count(*) FROM {file} GROUP BY verdict ORDER BY verdict").fetchall()
    return {str(verdict): int(firms) for verdict, firms in rows}
