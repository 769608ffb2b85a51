"""Does a snapshot hold? Its tables, and in depth the journal, the parts, the sources and the settling."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.definitions.catalogue import Catalogue
from rongtong.errors import InputError
from rongtong.facts import digest, importing, settling
from rongtong.facts.alliance import Alliance, silent
from rongtong.facts.importing import Options
from rongtong.facts.parts import Part
from rongtong.facts.reading import Reading, read_workbook
from rongtong.facts.settling.settle import snapshot_id, state_key, tables_digest
from rongtong.facts.snapshot import Snapshot
from rongtong.facts.state import Import, State, fold
from rongtong.i18n import _


class Check(NamedTuple):
    """One thing checked: what, whether it holds, and the first difference if it does not."""

    what: str
    holds: bool
    difference: str = ""


def verify(alliance: Alliance, snapshot: Snapshot, *, deep: bool = False) -> Iterator[Check]:
    """Check a snapshot against its manifest; *deep* also against journal, parts and sources, all read again."""
    yield _guarded(_("快照的表"), lambda: _tables(snapshot))
    if not deep:
        return
    chain = _chain(alliance)
    yield chain
    if not chain.holds:
        return
    yield _guarded(_("快照所依据的台账"), lambda: _head(alliance, snapshot))
    state = _state(alliance, snapshot)
    for imported in state.imports:
        yield _guarded(_("导入数据 {file}", file=imported.file), partial(_part, alliance, imported))
        yield _guarded(_("原件 {file}", file=imported.file), partial(_source, alliance, imported, state.erased))
    yield _guarded(_("重新核定"), lambda: _settled(alliance, state, snapshot))


def intact(alliance: Alliance) -> Iterator[Check]:
    """Check that the journal is one chain and what it names is there as received; nothing is read again."""
    chain = _chain(alliance)
    yield chain
    if not chain.holds:
        return
    state = alliance.state()
    for imported in state.imports:
        yield _guarded(_("导入数据 {file}", file=imported.file), partial(_part, alliance, imported))
        yield _guarded(_("原件 {file}", file=imported.file), partial(_original, alliance, imported, state.erased))


def _guarded(what: str, check: Callable[[], Check]) -> Check:
    """What *check* finds; where it cannot be made for what is there or missing, that is the difference.

    Raises OSError where the machine does not let us look: that says nothing about the result.
    """
    try:
        return check()
    except (
        InputError,
        FileNotFoundError,
        ValueError,
        TypeError,
        LookupError,
        pa.ArrowException,
        duckdb.Error,
    ) as error:
        return Check(what, False, str(error) or type(error).__name__)


def _state(alliance: Alliance, snapshot: Snapshot) -> State:
    """The state at the head that the manifest names, or where that is no head, now."""
    try:
        return fold(alliance.log.entries()[: int(snapshot.manifest["head"])])
    except (ValueError, TypeError, LookupError):
        return alliance.state()


def _head(alliance: Alliance, snapshot: Snapshot) -> Check:
    """The journal up to the head that the manifest names is the one that was settled."""
    what, state = _("快照所依据的台账"), _state(alliance, snapshot)
    found = [state.head, state.head_hash, state_key(state, alliance.catalogue)]
    return _same(what, found, [snapshot.manifest[name] for name in ("head", "head_hash", "state")])


def _same(what: str, found: object, expected: object) -> Check:
    return Check(what, found == expected, "" if found == expected else f"{expected} ≠ {found}")


def _tables(snapshot: Snapshot) -> Check:
    """The tables have the digests that the manifest names, the id follows from them, and the folder bears it."""
    found, expected = tables_digest(snapshot.path), snapshot.manifest["digests"]
    for name in sorted({*found, *expected}):
        if found.get(name) != expected.get(name):
            return Check(_("快照的表"), False, _("{name} 与清单不符", name=name))
    id_ = snapshot_id(snapshot.manifest["state"], found)
    return _same(_("快照编号"), [id_, id_], [snapshot.path.name, snapshot.id])


def _part(alliance: Alliance, imported: Import) -> Check:
    """A part's name follows from its description, and its tables have the digests named there."""
    folder = alliance.home / "claims" / imported.part
    what = _("导入数据 {file}", file=imported.file)
    part = Part.load(folder)
    if part.name != imported.part:
        return Check(what, False, _("part.json 被改动过"))
    for index, table in enumerate(part.tables):
        file = folder / f"{index}.parquet"
        if not file.is_file() or digest.of_table(pq.read_table(file)) != table.digest:
            return Check(what, False, _("工作表 {sheet} 的数据被改动过", sheet=table.sheet))
    return Check(what, True)


def _source(alliance: Alliance, imported: Import, erased: frozenset[str]) -> Check:
    """The original has the bytes it was received with, and reading it again gives the same part."""
    what = _("原件 {file}", file=imported.file)
    path = alliance.home / "sources" / imported.source
    kept = _original(alliance, imported, erased)
    if not kept.holds or imported.source in erased:
        return kept
    part = Part.load(alliance.home / "claims" / imported.part)
    if part.catalogue != alliance.catalogue.sha256:
        return Check(what, True, _("按较早的字段目录读取，未重读"))
    reading = _reread(path, imported, part, alliance.catalogue)
    options = Options(part.source_kind, part.date, part.year, part.complete, part.number)
    again = importing.describe(reading, part.source, options, alliance.catalogue)
    told = pq.read_table(alliance.home / "claims" / imported.part / "problems.parquet")
    if told.select(_TOLD) != reading.problems.select(_TOLD):
        return Check(what, False, _("存疑单元格的清单被改动过"))
    return _same(what, again.name, imported.part)


#: What a problem says in no particular language.
_TOLD = ["sheet", "row", "column", "text", "severity"]


def _chain(alliance: Alliance) -> Check:
    """The journal is one chain."""
    what = _("台账链")
    return _guarded(what, lambda: Check(what, bool(alliance.log.verify()) or True))


def _original(alliance: Alliance, imported: Import, erased: frozenset[str]) -> Check:
    """The original has the bytes it was received with."""
    what = _("原件 {file}", file=imported.file)
    path = alliance.home / "sources" / imported.source
    if imported.source in erased:
        return Check(what, True, _("已按规定删除"))
    if not path.is_file() or digest.of_file(path) != imported.source:
        return Check(what, False, _("原件缺失或被改动过"))
    return Check(what, True)


def _reread(path: Path, imported: Import, part: Part, catalogue: Catalogue) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / (Path(imported.file).name or "original")
        original.symlink_to(path.resolve())
        return read_workbook(
            original, catalogue=catalogue, year=part.year, headings=dict(part.headings), whole=bool(part.complete),
            source=part.source_kind, until=importing.day_of(part.date),
        )  # fmt: skip


def _settled(alliance: Alliance, state: State, snapshot: Snapshot) -> Check:
    """Settling the same state again gives the same manifest and the same tables, to the last firm id."""
    what = _("重新核定")
    with tempfile.TemporaryDirectory() as folder:
        again = settling.settle(state, alliance.home / "claims", Path(folder), alliance.catalogue, silent)
        for name in sorted({*again.manifest, *snapshot.manifest}):
            if again.manifest.get(name) != snapshot.manifest.get(name):
                return _same(f"{what} {name}", again.manifest.get(name), snapshot.manifest.get(name))
        for name in again.tables:
            if digest.of_parquet(again.path / f"{name}.parquet") != digest.of_parquet(
                snapshot.path / f"{name}.parquet"
            ):
                return Check(what, False, _("{name} 与清单不符", name=name))
    return Check(what, True)
