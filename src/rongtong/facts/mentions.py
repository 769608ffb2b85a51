"""Finding a firm's mentions and claims in a snapshot, by whatever somebody calls the firm."""

from __future__ import annotations

from typing import NamedTuple

from rongtong.errors import InputError
from rongtong.facts.provenance import claims_sql
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _


class Mention(NamedTuple):
    """A mention: its id, its firm's number in the snapshot, and the source it stands in."""

    mention: str
    n: int
    source: str


class Claim(NamedTuple):
    """A claim on one fact: whose, from which source, and the value as text."""

    mention: str
    source: str
    value: str


def find(snapshot: Snapshot, text: str) -> Mention:
    """The mention that *text* names: a mention, firm id, code or name. Raises InputError unless it names one firm."""
    with snapshot.connect() as connection:
        rows = connection.execute(
            """
            SELECT m.mention, m.n, m.source, m.mention = $text OR m.firm = $text AS own,
                   coalesce(m.name = $text OR m.uscc = $text, false) AS written
            FROM mentions m JOIN firms f USING (n)
            WHERE $text IN (m.mention, m.firm, f.firm, f.uscc, f.name, m.name, m.uscc)
            ORDER BY own DESC, written DESC, m.mention
            """,
            {"text": text},
        ).fetchall()
    if not rows:
        raise InputError(_("找不到企业 {text}", text=text), mend=_("请给出企业名称全称、统一社会信用代码或编号"))
    if not rows[0][3] and len({row[1] for row in rows}) > 1:
        raise InputError(_("有多家企业叫 {text}", text=text), mend=_("请改用统一社会信用代码或编号"))
    return Mention(*rows[0][:3])


def strongest(snapshot: Snapshot, mention: Mention) -> Mention:
    """The mention that stands for the whole firm of *mention*: one linked by its code where there is one.

    A firm's weaker mentions follow it into a merge; a mention linked by name alone would come by itself.
    """
    with snapshot.connect() as connection:
        rows = connection.execute(
            "SELECT mention, n, source FROM mentions WHERE n = $n ORDER BY why <> 'code', mention LIMIT 1",
            {"n": mention.n},
        ).fetchall()
    return Mention(*rows[0])


def claims_of(snapshot: Snapshot, n: int, slot: str) -> list[Claim]:
    """Every claim on a fact of the firm numbered *n*."""
    with snapshot.connect() as connection:
        sql = claims_sql(snapshot, [slot])
        rows = connection.execute(f"SELECT mention, source, value FROM ({sql}) WHERE n = $n", {"n": n}).fetchall()
    return [Claim(*row) for row in rows]
