"""The current snapshot and its results, opened once and shared by all requests of a process."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import duckdb
from django.conf import settings

from rongtong import facts, qualify, search
from rongtong.errors import InputError
from rongtong.facts.answers import Answer, in_force
from rongtong.facts.journal import Journal
from rongtong.facts.state import fold
from rongtong.facts.text import literal, quote
from rongtong.i18n import _
from rongtong.portal.audit.during import during
from rongtong.portal.days import today
from rongtong.portal.registry import wanting
from rongtong.portal.registry.models import Current, Firm, Pending


class Opened(facts.Snapshot):
    """A snapshot whose tables stay open, so that a request neither opens files nor makes views."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._keeping, self._kept = Lock(), set[str]()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own to the tables; ``firms`` has the district that is in charge, if any."""
        return self._opened.cursor()

    @property
    def columns_here(self) -> frozenset[str]:
        """The district is always there."""
        return self.columns | {"district"}

    def keep(self, name: str, query: str) -> str:
        """The table *name* of what *query* tells, made when it is first asked for: a snapshot never changes."""
        with self._keeping:
            if name not in self._kept:
                self.connect().execute(f"CREATE TABLE {quote(name)} AS {query}")
                self._kept.add(name)
        return quote(name)

    @cached_property
    def _opened(self) -> duckdb.DuckDBPyConnection:
        connection = super().connect()
        told = "*" if "district" in self.columns else "*, NULL::VARCHAR AS district"
        file = literal(str(self.path / "firms.parquet"))
        connection.execute(_IN_CHARGE.format(told=f"(SELECT {told} FROM read_parquet({file}))"))
        return connection


#: A firm of which no source tells the district belongs where the firms of its registration office do (characters 3 to
#: 8 of its code, GB 32100-2015): of those whose district is told, nine in ten, and three at the least.
_IN_CHARGE = """
    CREATE TABLE offices AS
    SELECT office, arg_max(district, firms) AS district
    FROM (SELECT substr(uscc, 3, 6) AS office, district, count(*) AS firms FROM {told}
          WHERE district IS NOT NULL AND length(uscc) = 18 GROUP BY ALL)
    GROUP BY office HAVING sum(firms) >= 3 AND max(firms) >= 0.9 * sum(firms);
    CREATE OR REPLACE VIEW firms AS
    SELECT f.* REPLACE (coalesce(f.district, o.district) AS district)
    FROM {told} f LEFT JOIN offices o ON o.office = substr(f.uscc, 3, 6) AND length(f.uscc) = 18"""


def alliance() -> facts.Alliance:
    """The alliance folder; what is entered there says during which operation."""
    return facts.Alliance.open(settings.HOME, create=True, during=during())


def answers() -> tuple[Answer, ...]:
    """What people answered of rows on lists, up to the last entry of the journal, of which only new ones are read."""
    entries = _log(settings.HOME / "journal").entries()
    return _answers(settings.HOME, len(entries), entries[-1].hash if entries else "")


@lru_cache(maxsize=4)
def _log(folder: Path) -> Journal:
    return Journal(folder)


@lru_cache(maxsize=4)
def _answers(home: Path, entries: int, _head: str) -> tuple[Answer, ...]:
    return tuple(in_force(fold(_log(home / "journal").entries()[:entries])))


def pointer() -> Current:
    """Which snapshot pages show. Raises InputError while there is none."""
    current = Current.objects.first()
    if current is None:
        raise InputError(_("还没有企业数据"), mend=_("请先导入表格；导入后会自动结算"))
    return current


def snapshot() -> Opened:
    """The snapshot that pages show."""
    return _snapshot(settings.HOME / "snapshots" / pointer().snapshot)


def having(*columns: str, table: str = "firms") -> Opened | None:
    """The same where it knows *columns* of firms and has *table*; None too before anything was imported."""
    try:
        found = snapshot()
    except InputError:
        return None
    return found if table in found.tables and found.columns.issuperset(columns) else None


def assessment(rulebook: str) -> qualify.Assessment:
    """The current verdicts of a rulebook. Raises InputError when there are none."""
    current = pointer()
    if rulebook not in current.results:
        raise InputError(_("还没有按“{rulebook}”预审", rulebook=rulebook), mend=_("请稍后刷新"))
    result = current.results[rulebook]
    judged = _assessment(settings.HOME / "results" / result, settings.HOME / "snapshots" / current.snapshot)
    judged.kept = judged.kept or wanting.kept(result)
    return judged


def story(rulebook: str, firm: str) -> dict[str, Any]:
    """The story of a firm under a rulebook, as :meth:`rongtong.qualify.Assessment.explain` tells it."""
    return explained(rulebook, firm)[1]


def explained(rulebook: str, firm: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest and the story of a firm; by a rulebook that not everybody is judged by, of the firm alone."""
    if rulebook in pointer().results:
        judged = assessment(rulebook)
        return judged.manifest, _story(judged.path, judged.snapshot.path, firm)
    return _alone(snapshot().path, rulebook, firm, today())


@lru_cache(maxsize=64)
def _alone(_path: Path, rulebook: str, firm: str, day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    return qualify.explain(snapshot(), rulebook, firm, as_of=day)


def card(rulebook: str, n: int) -> dict[str, Any]:
    """The verdict on firm number *n* in short."""
    judged = assessment(rulebook)
    return _card(judged.path, judged.snapshot.path, n)


def facts_of(firm: str) -> list[facts.Fact]:
    """Every fact of a firm, whoever may see it."""
    return _facts(snapshot().path, firm)


def records_of(firm: str) -> list[facts.Record]:
    """Every record of a firm's lists, whoever may see it."""
    return _records(snapshot().path, firm)


def index() -> search.Index:
    """The index of the current snapshot, which settling builds. Raises InputError while it is not there."""
    return _index(search_folder(snapshot().id))


def searchable() -> bool:
    """Whether the current snapshot has its index; so too before anything was imported."""
    found = Current.objects.first()
    return found is None or search.Index.is_of(search_folder(found.snapshot), found.snapshot)


def ready() -> bool:
    """Whether what settling makes beside the current snapshot is there: its index, and what its results want."""
    found = Current.objects.first()
    return searchable() and all(map(wanting.kept, found.results.values() if found else ()))


def of_today() -> bool:
    """Whether firms are judged as of the day on which the portal works: titles run out, and years close."""
    found = Current.objects.first()
    return found is None or all(assessment(one).manifest["as_of"] == today().isoformat() for one in found.results)


def search_folder(snapshot: str) -> Path:
    """Where the index of a snapshot is kept."""
    return Path(settings.HOME) / "search" / snapshot


def pending(firm: str = "") -> list[Pending]:
    """Changes made since the current snapshot: all, or those of one firm and those that may be of any."""
    found = Pending.objects.order_by("entry")
    return list(found.filter(firm__in=("", firm)) if firm else found)


def ids_of(firm: str) -> frozenset[str]:
    """Every id that leads to the firm of id *firm* now: its own, and those of the firms that were merged into it.

    What was written with one of them belongs to the firm while the merge holds, and goes back when it is taken back.
    """
    return _ids(snapshot().path, firm) if Current.objects.exists() else frozenset((firm,))


def leading_to(firms: Collection[str]) -> dict[str, str]:
    """The same for many *firms*: by each id that leads to one of them, which one."""
    return _led(snapshot().path, "f", firms) if firms and Current.objects.exists() else {one: one for one in firms}


def leading_from(firms: Collection[str], path: Path | None = None) -> dict[str, str]:
    """The other way: by each of *firms*, ids given at any time, the firm that it is part of now, if any.

    *path* is where another snapshot than the current one is.
    """
    there = path or (snapshot().path if Current.objects.exists() else None)
    return _led(there, "m", firms) if firms and there else {}


def resolve(firm: str) -> str:
    """The id of the firm that *firm*, an id given at any time, is part of now; itself when none is known."""
    if not firm or Firm.objects.filter(id=firm).exists():
        return firm
    return leading_from([firm]).get(firm, firm)


@lru_cache(maxsize=4)
def _snapshot(path: Path) -> Opened:
    return Opened(path)


def opened(snapshot: facts.Snapshot) -> Opened:
    """*snapshot* as pages have it."""
    return _snapshot(snapshot.path)


@lru_cache(maxsize=2)
def _index(folder: Path) -> search.Index:
    return search.Index.open(folder)


# What a snapshot says of a firm never changes: it is worked out once for all who look.


@lru_cache(maxsize=1024)
def _card(result: Path, snapshot: Path, n: int) -> dict[str, Any]:
    return _assessment(result, snapshot).card(n)


def _led(path: Path, side: Literal["m", "f"], firms: Collection[str]) -> dict[str, str]:
    """From ids to firms: those of which the id (m) or the firm (f) is one of *firms*."""
    query = f"SELECT m.firm, f.firm FROM mentions m JOIN firms f USING (n) WHERE {side}.firm IN (SELECT unnest($1))"
    with _snapshot(path).connect() as connection:
        found = dict(connection.execute(query, [list(firms)]).fetchall())
    return {one: one for one in firms if side == "f"} | found


@lru_cache(maxsize=4096)
def _ids(path: Path, firm: str) -> frozenset[str]:
    return frozenset(_led(path, "f", [firm]))


@lru_cache(maxsize=512)
def _facts(path: Path, firm: str) -> list[facts.Fact]:
    return facts.facts_of(_snapshot(path), firm)


@lru_cache(maxsize=512)
def _records(path: Path, firm: str) -> list[facts.Record]:
    return facts.records_of(_snapshot(path), firm)


@lru_cache(maxsize=512)
def _story(result: Path, snapshot: Path, firm: str) -> dict[str, Any]:
    return _assessment(result, snapshot).explain(firm)


@lru_cache(maxsize=8)
def _assessment(result: Path, snapshot: Path) -> qualify.Assessment:
    return qualify.reopen(result, _snapshot(snapshot))
