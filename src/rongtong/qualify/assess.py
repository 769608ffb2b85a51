"""Assess every firm of a snapshot by a rulebook, and write the result folder that can be verified."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from rongtong.definitions.editions import application_date, choose
from rongtong.errors import InputError
from rongtong.facts import digest
from rongtong.facts.mentions import find
from rongtong.facts.results import write_result
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.qualify.assessment import Assessment, Row
from rongtong.qualify.compile import Program
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions
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
    program = program_of(snapshot, rulebook, edition=edition, purpose=purpose, as_of=as_of)
    return judge(snapshot, program, purpose, out=out, clauses=clauses)


def judge(
    snapshot: Snapshot, program: Program, purpose: str, *, out: Path | None = None, clauses: bool = True
) -> Assessment:
    """The same by a *program*, as of a rulebook of which somebody has changed a bound."""

    def fill(draft: Path) -> dict[str, Any]:
        digests = write(snapshot, program, draft, clauses=clauses)
        return describe(made_of(snapshot, program, purpose), program.book, digests) | {"counts": count(draft)}

    folder, manifest = write_result(out, fill)
    return Assessment(folder, snapshot, program, manifest)


def explain(
    snapshot: Snapshot,
    rulebook: str | Path,
    firm: str,
    *,
    edition: str | None = None,
    purpose: str = "new",
    as_of: date | str | None = None,
    results: Path | None = None,
) -> tuple[dict[str, Any], Row]:
    """The manifest and the story of one firm (:meth:`Assessment.explain`), without judging all the others.

    Both come from a result below *results* that was made of the same, where there is one. Else the firm is judged
    alone, nothing is kept, and the manifest names the firm.
    """
    found = find(snapshot, firm)
    program = program_of(snapshot, rulebook, edition=edition, purpose=purpose, as_of=as_of)
    parts = made_of(snapshot, program, purpose)
    for folder in kept(results, parts) if results else ():
        assessment = Assessment(folder, snapshot, program, manifest_of(folder))
        return assessment.manifest, assessment.explain(found.firm)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as name:
        digests = write(snapshot, program, Path(name), only=found.n)
        manifest = describe(parts | {"firm": found.firm}, program.book, digests) | {"counts": count(Path(name))}
        return manifest, Assessment(Path(name), snapshot, program, manifest).explain(found.firm)


def kept(results: Path, parts: dict[str, Any]) -> Iterator[Path]:
    """The folders below *results* with an assessment of every firm and clause that was made of *parts*."""
    for file in sorted(results.glob("*/manifest.json")):
        manifest = manifest_of(file.parent)
        if "clauses" in manifest["digests"] and manifest.items() >= parts.items():
            yield file.parent


def reopen(result: Path, snapshot: Snapshot) -> Assessment:
    """The assessment in the result folder *result*, made of *snapshot*. Raises InputError when it is none."""
    manifest = manifest_of(result)
    day = date.fromisoformat(manifest["as_of"])
    known = editions(manifest["rulebook"])
    book = choose(known, edition=manifest["edition"], purpose=manifest["purpose"], as_of=day)
    return Assessment(result, snapshot, program_for(snapshot, book.of(manifest["purpose"]), day), manifest)


def manifest_of(result: Path, kind: str = "assessment") -> dict[str, Any]:
    """The manifest of a result folder. Raises InputError when the folder is not one of that *kind*."""
    try:
        found: dict[str, Any] = json.loads((result / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_result(result, kind) from error
    if not isinstance(found, dict) or found.get("kind") != kind:
        raise _no_result(result, kind)
    return found


def _no_result(result: Path, kind: str) -> InputError:
    if kind == "matching":
        return InputError(_("不是对接结果"), place=str(result), mend=_("请指定 rongtong match 的结果文件夹"))
    return InputError(_("不是预审结果"), place=str(result), mend=_("请指定 rongtong assess 的结果文件夹"))


def program_of(
    snapshot: Snapshot, rulebook: str | Path, *, edition: str | None, purpose: str, as_of: date | str | None
) -> Program:
    """The program of what :func:`assess` is asked for. Raises :class:`InputError`."""
    if purpose not in PURPOSES:
        raise InputError(_("没有用途 {purpose}", purpose=purpose), mend=_("用途为 new（申报）或 review（复核）"))
    day = application_date(as_of, snapshot.manifest)
    book = choose(editions(rulebook), edition=edition, purpose=purpose, as_of=day)
    return program_for(snapshot, book.of(purpose), day)


def program_for(snapshot: Snapshot, book: Rulebook, day: date) -> Program:
    """The rulebook compiled against what the snapshot has."""
    attributes = {
        table.removeprefix("list_"): frozenset(pq.read_schema(snapshot.path / f"{table}.parquet").names)
        for table in snapshot.tables
        if table.startswith("list_")
    }
    return _program(book, day, snapshot.columns, frozenset(attributes.items()))


@lru_cache(maxsize=32)
def _program(
    book: Rulebook, day: date, columns: frozenset[str], attributes: frozenset[tuple[str, frozenset[str]]]
) -> Program:
    """One for all snapshots of the same columns, with whatever statements have been built from it."""
    return Program(book.here(columns), day, columns, dict(attributes))


def made_of(snapshot: Snapshot, program: Program, purpose: str) -> dict[str, Any]:
    """What a result is made of, as its manifest says."""
    book = program.book
    return {
        "kind": "assessment",
        "snapshot": snapshot.id,
        "rulebook": book.id,
        "edition": book.edition,
        "definition": book.sha256,
        "catalogue": book.catalogue.sha256,
        "purpose": purpose,
        "as_of": program.day.isoformat(),
        "software": version("rongtong"),
    }


def describe(parts: dict[str, Any], book: Rulebook, digests: dict[str, str]) -> dict[str, Any]:
    """The manifest of a result: what it was made of, and the digests by which it can be checked."""
    stated = parts | {"digests": digests}
    head = {
        "title": book.file.title, "document": book.file.source.document, "number": book.file.source.number,
        "part": book.file.source.part, "verified": book.file.source.verified, "authority": book.file.authority,
    }  # fmt: skip
    return {"id": identity(stated), **stated, "source": head}


def identity(stated: dict[str, Any]) -> str:
    """The id of a result: a hash of what it was made of and of what came out, in *stated* beside whatever else."""
    return digest.of_json({name: stated[name] for name in stated if name not in {"id", "source", "counts"}})[:32]


def made_by(software: object, manifest: dict[str, Any]) -> dict[str, Any]:
    """*manifest* as another version of the *software* would have written it, had it come to the same."""
    renamed = manifest | {"software": software}
    return renamed | {"id": identity(renamed)}


def count(folder: Path) -> dict[str, int]:
    """Firms by verdict."""
    with duckdb.connect() as connection:
        file = literal(str(folder / "verdicts.parquet"))
        rows = connection.execute(f"SELECT verdict, count(*) FROM {file} GROUP BY verdict ORDER BY verdict").fetchall()
    return {str(verdict): int(firms) for verdict, firms in rows}
