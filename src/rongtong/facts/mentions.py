"""Finding a firm's mentions and claims in a snapshot, by whatever somebody calls the firm."""

from __future__ import annotations

from typing import NamedTuple

import duckdb
import pyarrow.compute as pc

from rongtong import identity
from rongtong.errors import InputError
from rongtong.facts.asked import Asked
from rongtong.facts.provenance import claims_sql
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _, joined

#: A shorter text is no code; letters and digits in a name would otherwise be taken for one.
_LEAST = 8
#: So many of the firms of one name are told apart in a message.
_SHOWN = 5
_CALLED = """
    m.n IN (SELECT n FROM firms WHERE list_contains($codes, uscc) UNION
            SELECT n FROM mentions WHERE list_contains($codes, uscc) UNION
            SELECT n FROM called WHERE list_contains($names, name))
"""


class Mention(NamedTuple):
    """A mention: its id, its firm's number in the snapshot, the source it stands in, and its firm's id."""

    mention: str
    n: int
    source: str
    firm: str


class Claim(NamedTuple):
    """A claim on one fact: whose, from which source, and the value as text."""

    mention: str
    source: str
    value: str


def find(snapshot: Snapshot, text: str) -> Mention:
    """The mention that *text* names: an id of a mention or firm given at any time, a code or a name of a firm.

    Codes and names are compared as :mod:`rongtong.identity` normalises them, and any code or name under which some
    source knows the firm, former and English names too, will do. Raises InputError unless *text* names one firm.
    """
    with snapshot.connect() as connection:
        return find_in(connection, text)


def find_in(connection: duckdb.DuckDBPyConnection, text: str) -> Mention:
    """:func:`find` on an open connection to the snapshot."""
    text = text.strip()
    found = _where(connection, "m.mention = $text OR m.firm = $text", text) or _called(connection, text)
    if not found:
        raise InputError(_("找不到企业 {text}", text=text), mend=_("请给出企业名称全称、统一社会信用代码或编号"))
    if len({one.n for one in found}) > 1:
        ids = joined(_places(connection, found), "；")
        raise InputError(_("有多家企业叫 {text}", text=text), mend=_("请改用统一社会信用代码或编号：{ids}", ids=ids))
    return found[0]


def _places(connection: duckdb.DuckDBPyConnection, found: list[Mention]) -> list[str]:
    """The ids of the firms that are meant, each with a row that calls it so."""
    firms = {one.firm: one.mention for one in reversed(found)}
    chosen = dict(sorted(firms.items())[:_SHOWN])
    rows = connection.execute(
        "SELECT mention, file, sheet, row FROM mentions WHERE list_contains($1, mention)", [list(chosen.values())]
    ).fetchall()
    at = {
        mention: _("{file} {sheet} 第 {row} 行", file=file, sheet=sheet, row=row) for mention, file, sheet, row in rows
    }
    return [_("{id}（{place}）", id=firm, place=at[mention]) for firm, mention in chosen.items()]


def _called(connection: duckdb.DuckDBPyConnection, text: str) -> list[Mention]:
    """The mentions of the firms with such a code or name: as written, then as written otherwise."""
    code = identity.uscc.normalise(text)
    codes = [text, code] if len(code) >= _LEAST else [text]
    names = [text, name := identity.normalise(text)]
    return _where(connection, _CALLED, text, codes=codes, names=names) or _where(
        connection, _CALLED, text, codes=codes, names=_written(connection, name)
    )


def _written(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The names in the snapshot that are *name* once normalised, without the former name they may tell or as that."""
    names = connection.sql("SELECT DISTINCT name FROM called").to_arrow_table()["name"].combine_chunks()
    own, former = identity.split_former(identity.normalise_column(names))
    called = pc.or_kleene(pc.equal(own, name), pc.equal(former, name))
    written: list[str] = names.filter(pc.fill_null(called, False)).to_pylist()
    return written


def _where(connection: duckdb.DuckDBPyConnection, condition: str, text: str, **values: object) -> list[Mention]:
    """The mentions for which *condition* holds; first the one that bears *text* itself."""
    rows = connection.execute(
        f"""
        SELECT m.mention, m.n, m.source, f.firm FROM (FROM mentions m WHERE {condition}) m JOIN firms f USING (n)
        ORDER BY coalesce(m.name = $text OR m.uscc = $text, false) DESC, m.mention
        """,
        {"text": text, **values},
    ).fetchall()
    return [Mention(*row) for row in rows]


def strongest(snapshot: Snapshot, mention: Mention) -> Mention:
    """The mention that stands for the whole firm of *mention*: one linked by its code where there is one.

    A firm's weaker mentions follow it into a merge; a mention linked by name alone would come by itself.
    """
    with snapshot.connect() as connection:
        rows = connection.execute(
            "SELECT mention, source FROM mentions WHERE n = $n ORDER BY why <> 'code', mention LIMIT 1",
            {"n": mention.n},
        ).fetchall()
    ((strong, source),) = rows
    return Mention(strong, mention.n, source, mention.firm)


def claims_of(snapshot: Snapshot, n: int, slot: str) -> list[Claim]:
    """Every claim on a fact of the firm numbered *n*."""
    with snapshot.connect() as connection:
        sql = claims_sql(snapshot, [slot], asked=Asked.of(connection, [n]))
        rows = connection.execute(f"SELECT mention, source, value FROM ({sql})").fetchall()
    return [Claim(*row) for row in rows]
