"""Does a snapshot hold? Its tables, and in depth the journal, the parts, the sources and the settling."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from rongtong.definitions.catalogue import Catalogue
from rongtong.errors import InputError
from rongtong.facts import digest, importing, settling
from rongtong.facts.alliance import Alliance, silent
from rongtong.facts.importing import Options
from rongtong.facts.parts import Part
from rongtong.facts.reading import read_workbook
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
    yield _tables(snapshot)
    if not deep:
        return
    try:
        entries = alliance.log.verify()
    except InputError as error:
        yield Check(_("日志链"), False, str(error))
        return
    yield Check(_("日志链"), True)
    state = fold(entries[: snapshot.manifest["head"]])
    yield _same(_("生效的导入与决定"), state_key(state, alliance.catalogue), snapshot.manifest["state"])
    for imported in state.imports:
        yield _part(alliance, imported)
        yield _source(alliance, imported, state.erased)
    yield _settled(alliance, state, snapshot)


def _same(what: str, found: object, expected: object) -> Check:
    return Check(what, found == expected, "" if found == expected else f"{expected} ≠ {found}")


def _tables(snapshot: Snapshot) -> Check:
    """The tables have the digests that the manifest names, and the id follows from them."""
    found, expected = tables_digest(snapshot.path), snapshot.manifest["digests"]
    for name in sorted({*found, *expected}):
        if found.get(name) != expected.get(name):
            return Check(_("快照的表"), False, _("{name} 与清单不符", name=name))
    return _same(_("快照编号"), snapshot_id(snapshot.manifest["state"], found), snapshot.path.name)


def _part(alliance: Alliance, imported: Import) -> Check:
    """A part's name follows from its description, and its tables have the digests named there."""
    folder = alliance.home / "claims" / imported.part
    what = _("导入数据 {file}", file=imported.file)
    try:
        part = Part.load(folder)
    except InputError as error:
        return Check(what, False, str(error))
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
    if imported.source in erased:
        return Check(what, True, _("已按规定删除"))
    if not path.is_file() or digest.of_file(path) != imported.source:
        return Check(what, False, _("原件缺失或被改动过"))
    part = Part.load(alliance.home / "claims" / imported.part)
    if part.catalogue != alliance.catalogue.sha256:
        return Check(what, True, _("按较早的字段目录读取，未重读"))
    return _same(what, _reread(path, imported, part, alliance.catalogue), imported.part)


def _reread(path: Path, imported: Import, part: Part, catalogue: Catalogue) -> str:
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / imported.file
        original.symlink_to(path.resolve())
        reading = read_workbook(original, catalogue=catalogue, year=part.year, headings=dict(part.headings))
    options = Options(part.source_kind, part.date, part.year, part.complete)
    return importing.describe(reading, part.source, options, catalogue).name


def _settled(alliance: Alliance, state: State, snapshot: Snapshot) -> Check:
    """Settling the same state again gives the same id."""
    with tempfile.TemporaryDirectory() as folder:
        again = settling.settle(state, alliance.home / "claims", Path(folder), alliance.catalogue, silent)
        return _same(_("重新核定"), again.id, snapshot.id)
