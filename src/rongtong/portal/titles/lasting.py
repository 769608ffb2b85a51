"""Titles that run out within a year, held against the rulebook by which they will be re-examined on that day.

Worked out over all firms in the background, once for a snapshot and a day, and kept beside the database.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

from rongtong.duties import ends_sql, rulebooks
from rongtong.errors import InputError
from rongtong.facts.snapshot import Row, rows
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.portal.days import today
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, enqueue
from rongtong.portal.keeping import Kept
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.pages import title_of
from rongtong.portal.registry.rows import Rows, chosen, given, in_charge
from rongtong.qualify.ahead import ahead
from rongtong.qualify.output import WORDS

KIND = "titles-lasting"
KEPT = Kept("lasting", ".parquet", most=1)
#: How far ahead titles are looked at.
AHEAD = datetime.timedelta(days=366)
SCHEMA = pa.schema([
    ("n", pa.int32()), ("kind", pa.string()), ("number", pa.string()), ("due", pa.date32()),
    ("rulebook", pa.string()), ("verdict", pa.string()), ("failing", pa.list_(pa.string())),
    ("open", pa.list_(pa.string())), ("assumed", pa.bool_()),
])  # fmt: skip
#: The titles in force of a kind that run out by a day and that no other of the same kind outlasts.
_ENDING = """
    SELECT n, any_value(number) AS number, due, bool_and(assumed) AS assumed FROM (
        SELECT n, number, valid_until AS due, assumed, max(valid_until) OVER (PARTITION BY n, kind) AS last
        FROM ({titles}) WHERE kind = ?)
    WHERE due = last AND due BETWEEN ? AND ? GROUP BY n, due ORDER BY due, n"""


@dataclass(frozen=True)
class Question:
    """Which titles: of a kind, a district, and by the verdict ("" is any)."""

    kind: str = ""
    district: str = ""
    verdict: str = ""


def key() -> str:
    """By what the titles of the current snapshot are kept, for today."""
    return f"{current.pointer().snapshot}-{today()}"


def ready() -> bool:
    """Whether it has been worked out. Raises InputError before anything was imported."""
    return KEPT.found(key()) is not None


def job() -> Job | None:
    """The work that is under way, or how the last of it ended."""
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def wanted(by: User | None) -> Job | None:
    """Have it worked out, unless it is or somebody has asked already; what failed is left to be tried again."""
    under_way = job()
    if ready() or (under_way and (under_way.is_open or under_way.state == Job.State.FAILED)):
        return under_way
    return enqueue(KIND, made_by=by)


def work_out(progress: Progress) -> int:
    """Judge every title that runs out within a year on the day on which it does; how many there are."""
    made = list(_judged(progress))
    table = pa.concat_tables(made) if made else SCHEMA.empty_table()
    KEPT.made(key(), partial(pq.write_table, table))
    return int(table.num_rows)


def _judged(progress: Progress) -> Iterator[pa.Table]:
    """A table for each title and day: one statement for all whose title runs out then."""
    snapshot, day = current.snapshot(), today()
    if "list_titles" not in snapshot.tables:
        return
    for done, (kind, rulebook) in enumerate(known := list(rulebooks().items())):
        with snapshot.connect() as connection:
            found = rows(connection, _ENDING.format(titles=ends_sql(snapshot)), [kind, day, day + AHEAD])
        by_day: dict[datetime.date, dict[int, Row]] = {}
        for one in found:
            by_day.setdefault(one["due"], {})[one["n"]] = one
        for share, (due, held) in enumerate(by_day.items()):
            progress(_("对照“{rulebook}”", rulebook=title_of(rulebook)), (done + share / len(by_day)) / len(known))
            try:
                told = ahead(snapshot, rulebook, list(held), since=day, at=due)
            except InputError:  # no edition is in force on that day: nothing to hold the title against
                continue
            yield _with(told, kind, held, due, rulebook)


def _with(told: pa.Table, kind: str, held: dict[int, Row], due: datetime.date, rulebook: str) -> pa.Table:
    titles = [held[n] for n in told.column("n").to_pylist()]
    fixed = {"kind": [kind] * told.num_rows, "due": [due] * told.num_rows, "rulebook": [rulebook] * told.num_rows}
    fixed |= {name: [one[name] for one in titles] for name in ("number", "assumed")}
    for name, values in fixed.items():
        told = told.append_column(pa.field(name, SCHEMA.field(name).type), pa.array(values, SCHEMA.field(name).type))
    return told.select(SCHEMA.names)


def found(user: User, asked: Question) -> Rows:
    """``firm, name, uscc, district`` of the titles asked for, and what was kept of each (:data:`SCHEMA`)."""
    rank = f"list_position({[*WORDS[1:], WORDS[0]]}, verdict)"  # who surely does not stand comes first, who does last
    tests = given(asked, {"kind": "kind = ?", "district": "district = ?", "verdict": "verdict = ?"})
    return chosen(f"SELECT *, {rank} AS rank FROM ({_all()})", [*in_charge(user), *tests], default="rank")


def counts(user: User) -> dict[str, int]:
    """Titles by verdict, of the firms in the reader's charge."""
    return dict(chosen(_all(), in_charge(user)).counted("verdict"))


def of_firm(firm: Firm) -> list[Row]:
    """The titles of one firm that run out within a year, as far as they have been looked at."""
    if not ready():
        return []
    with current.snapshot().connect() as connection:
        return rows(connection, f"SELECT * FROM ({_all()}) WHERE firm = ? ORDER BY due", [firm.id])


def _all() -> str:
    kept = literal(str(KEPT.file(key())))
    return f"""
        SELECT f.firm, f.name, f.uscc, coalesce(f.district, '') AS district, t.* EXCLUDE (n)
        FROM read_parquet({kept}) t JOIN firms f USING (n)"""
