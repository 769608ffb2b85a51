"""The bulk of linking, done in DuckDB: firms by code, equal names, and what is left for closer looking.

A firm bears its names and former names; its English name only leads others to it: firms that are not one may share it.
A *firm* here is all mentions with one valid code; its root is the least of them. A *loose* mention has no valid
code, or people have decided about it; loose mentions without any code whose full name is equal stand as one.
What *asked* mentions are called is no name of a firm that others are compared with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.identity.names_column import normalise_column, split_former
from rongtong.identity.several import apart_column
from rongtong.identity.uscc_column import check_column

FULL_NAME = r"(公司|厂|合作社|研究院|研究所|事务所|商行|经营部|合伙\)?|LTD|CORP)$"
"""A normalised name that ends so is whole: nobody is called so for short."""
_LEGACY_LENGTH = 15
_CHECKED = {"normalised", "valid", "intended"}
_LISTED = {"former": "former_name", "english": "english_name"}

_TABLES = f"""
CREATE VIEW told AS SELECT *, regexp_matches(coalesce(name, former[1], english[1]), '{FULL_NAME}') AS whole FROM row;
CREATE VIEW marked AS SELECT *, coalesce(
  code IS NULL AND failing IS NULL AND len(former) = 0 AND len(english) = 0 AND whole AND NOT decided, false
) AS is_plain FROM told;
CREATE TABLE firm AS SELECT code, min(mention) AS root FROM row WHERE code IS NOT NULL AND NOT decided GROUP BY code;
CREATE TABLE coded AS
  SELECT mention, root, name, former, english, asked FROM row JOIN firm USING (code) WHERE NOT decided;
CREATE VIEW own_name AS
  SELECT name, root, asked FROM coded WHERE name IS NOT NULL UNION ALL SELECT unnest(former), root, asked FROM coded;
CREATE VIEW firm_name AS
  SELECT name, root FROM own_name WHERE NOT asked UNION ALL SELECT unnest(english), root FROM coded WHERE NOT asked;
CREATE TABLE plain AS
  SELECT name, min(mention) AS root, bool_and(asked) AS asked FROM marked WHERE is_plain GROUP BY name;
CREATE VIEW follower AS
  SELECT mention, root FROM marked JOIN plain USING (name) WHERE is_plain AND mention <> root;
CREATE TABLE loose AS
  SELECT mention, code, failing, intended, name, former, english, whole, asked FROM marked
    WHERE decided OR code IS NULL AND NOT is_plain
  UNION ALL SELECT root, NULL, NULL, NULL, name, [], [], true, asked FROM plain;
CREATE VIEW known_name AS
  SELECT name, root AS node FROM firm_name UNION SELECT name, mention FROM loose WHERE NOT asked AND name IS NOT NULL
  UNION SELECT unnest(former), mention FROM loose WHERE NOT asked
  UNION SELECT unnest(english), mention FROM loose WHERE NOT asked;
"""
_SHARED = """
SELECT DISTINCT least.root AS left, own_name.root AS right FROM own_name JOIN
  (SELECT name, min(root) AS root FROM own_name GROUP BY name HAVING min(root) <> max(root)) AS least USING (name)
WHERE own_name.root <> least.root ORDER BY ALL
"""
_GROUPS = """
WITH placed AS (
  SELECT mention, root AS node, 'code' AS why FROM coded
  UNION ALL SELECT mention, mention, 'alone' FROM loose
  UNION ALL SELECT mention, root, 'name' FROM follower)
SELECT placed.mention, coalesce(moved.root, placed.node) AS root, coalesce(reason.why, placed.why) AS why
FROM placed LEFT JOIN moved ON moved.node = placed.node
LEFT JOIN reason ON reason.node = placed.mention AND placed.why = 'alone' ORDER BY placed.mention
"""
_BULK_LINKS = """
SELECT root AS left, mention AS right, 'code' AS kind, 1.0::DOUBLE AS score FROM coded WHERE mention <> root
UNION ALL SELECT root, mention, 'name', 1.0 FROM follower
"""


@dataclass(frozen=True, slots=True)
class Loose:
    """A mention that needs a closer look; ``whole`` tells whether its name (else a former one) ends in a legal form."""

    mention: str
    code: str | None
    failing: str | None
    intended: str | None
    name: str | None
    former: list[str]
    english: list[str]
    whole: bool | None
    asked: bool

    @property
    def names(self) -> list[str]:
        """The names it bears, the present one first; it is called in English where it bears no other."""
        return [*([self.name] if self.name else []), *self.former] or self.english

    @property
    def every(self) -> list[str]:
        """The names that lead to it."""
        return list(dict.fromkeys([*self.names, *self.english]))


def prepare(mentions: pa.Table, decided: pa.Array, asked: pa.Array | None = None) -> pa.Table:
    """Codes checked and names normalised: mention, code, failing, intended, name, former, english (lists), decided,
    asked.

    Codes that :func:`check_column` has checked already are not checked again. Raises :class:`ValueError` when a mention
    is null or stands twice.
    """
    ids = mentions["mention"].combine_chunks().cast(pa.string())
    if ids.null_count or pc.count_distinct(ids).as_py() != len(ids):
        raise ValueError("mentions must be unique and not null")
    checked = mentions if set(mentions.column_names) >= _CHECKED else check_column(mentions["uscc"])
    valid = checked["valid"].combine_chunks()
    code = checked["normalised"].combine_chunks()
    legacy = pc.and_(pc.invert(valid), pc.greater_equal(pc.utf8_length(code), _LEGACY_LENGTH))
    name, told = split_former(normalise_column(mentions["name"]))
    return pa.table(
        {
            "mention": ids,
            "code": pc.if_else(valid, code, None),
            "failing": pc.if_else(legacy, code, None),
            "intended": checked["intended"],
            "name": name,
            **{one: _listed(mentions, column, told) for one, column in _LISTED.items()},
            "decided": pc.is_in(ids, decided),
            "asked": pc.is_in(ids, asked if asked is not None else pa.array([], pa.string())),
        }
    )


def _listed(mentions: pa.Table, column: str, told: pa.Array) -> pa.Array:
    """The normalised names that a column tells of each mention; its name may tell a former one."""
    row, name = (pa.array([], pa.int64()), pa.array([], pa.string()))
    if column in mentions.column_names:
        row, name = apart_column(mentions[column])
    if column == "former_name":
        at = pc.indices_nonzero(pc.is_valid(told)).cast(pa.int64())
        row, name = pa.concat_arrays([row, at]), pa.concat_arrays([name, told.take(at)])
    name = normalise_column(name)
    said = pa.table({"row": row, "name": name}).filter(pc.is_valid(name)).sort_by([("row", "ascending")])
    ends = np.searchsorted(said["row"].to_numpy(), np.arange(mentions.num_rows + 1))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), said["name"].combine_chunks())


class Tables:
    """Questions to the tables of one linking."""

    def __init__(self, rows: pa.Table) -> None:
        self._db = duckdb.connect()
        self._db.register("row", rows)
        self._db.execute(_TABLES)

    def _ask(self, sql: str, **tables: pa.Table) -> pa.Table:
        for name, table in tables.items():
            self._db.register(name, table)
        return self._db.sql(sql).to_arrow_table()

    def loose(self) -> list[Loose]:
        """The loose mentions in order."""
        return [Loose(**row) for row in self._ask("FROM loose ORDER BY mention").to_pylist()]

    def firms_by_name(self, names: Collection[str]) -> pa.Table:
        """``name, root, code`` of the firms that bear one of the names."""
        wanted = pa.table({"name": pa.array(sorted(names), pa.string())})
        sql = """SELECT DISTINCT name, root, code FROM wanted JOIN firm_name USING (name) JOIN firm USING (root)
                 ORDER BY ALL"""
        return self._ask(sql, wanted=wanted)

    def firms_by_code(self, codes: Collection[str]) -> pa.Table:
        """``code, root, names`` of the firms with these codes; ``names`` is a list, empty when none is known."""
        wanted = pa.table({"code": pa.array(sorted(codes), pa.string())})
        sql = """SELECT code, root, list_sort(list(DISTINCT name) FILTER (name IS NOT NULL)) AS names FROM wanted
                 JOIN firm USING (code) LEFT JOIN firm_name USING (root) GROUP BY ALL ORDER BY code"""
        return self._ask(sql, wanted=wanted)

    def firms_sharing_names(self) -> pa.Table:
        """``left, right``: roots of firms with different codes and one name, each beside the least of them."""
        return self._ask(_SHARED)

    def names(self) -> pa.Array:
        """Every distinct name with which others are compared, sorted."""
        return self._ask("SELECT DISTINCT name FROM known_name ORDER BY name")["name"].combine_chunks()

    def bearers(self, names: pa.Array) -> pa.Table:
        """``name, node``: who bears which of *names*: firms by their roots, and loose mentions."""
        return self._ask("FROM known_name SEMI JOIN wanted USING (name)", wanted=pa.table({"name": names}))

    def groups(self, moved: Mapping[str, str], reasons: Mapping[str, str]) -> pa.Table:
        """``mention, root, why`` for every mention, given where unions moved nodes and why loose ones hang there."""
        return self._ask(
            _GROUPS,
            moved=_pairs("node", "root", moved),
            reason=_pairs("node", "why", reasons),
        )

    def bulk_links(self) -> pa.Table:
        """``left, right, kind, score``: the links made without a closer look."""
        return self._ask(_BULK_LINKS)


def _pairs(left: str, right: str, pairs: Mapping[str, str]) -> pa.Table:
    return pa.table({left: pa.array(list(pairs), pa.string()), right: pa.array(list(pairs.values()), pa.string())})
