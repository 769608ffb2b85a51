"""A draft tried on every firm, beside the official edition: a file of what came out, read as far as a reader may."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings

from rongtong import qualify
from rongtong.facts.snapshot import Row, rows
from rongtong.facts.temporary import whole
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.portal.authoring import queries, store
from rongtong.portal.authoring.models import Draft
from rongtong.portal.days import today
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.rows import Rows, Tests, called, chosen, given, in_charge
from rongtong.qualify.difference import Differing, difference
from rongtong.qualify.stuck import stuck

_DIFFERING = pa.schema([("firm", pa.string()), ("way", pa.string()), ("old", pa.list_(pa.string()))])
#: Counts up when a trial's file has other columns; what was tried before is then tried again.
FORM = 2
#: What came out for each firm: *before* by the official edition (NULL without one), *stuck* on which clauses (of one
#: who enters: on which it was), *low* and *high* are yuan granted.
_FIRMS = """
    SELECT n, f.firm, f.uscc, f.name, coalesce(f.district, '') AS district, b.verdict AS before, a.verdict AS after,
           d.way, CASE d.way WHEN 'enters' THEN d.old ELSE s.stuck END AS stuck, g.low, g.high
    FROM firms f JOIN {after} a USING (n) LEFT JOIN ({stuck}) s USING (n) LEFT JOIN {before} b USING (n)
    LEFT JOIN differing d ON d.firm = f.firm
    LEFT JOIN (SELECT n, low, high FROM {clauses} WHERE clause = 'grant') g USING (n)"""
#: Who differs comes first, then who qualifies, then who may.
_RANK = """CASE way WHEN 'enters' THEN 0 WHEN 'drops_out' THEN 1 WHEN 'opens' THEN 2 WHEN 'other' THEN 3 ELSE
    CASE after WHEN 'qualified' THEN 4 WHEN 'undetermined' THEN 5 ELSE 6 END END"""
_TOTALS = """
    SELECT count(*) AS firms, count(*) FILTER (after = 'qualified') AS qualified,
           count(*) FILTER (after = 'not_qualified') AS not_qualified,
           count(*) FILTER (after = 'undetermined') AS undetermined,
           count(*) FILTER (before = 'qualified') AS qualified_before,
           count(*) FILTER (way = 'enters') AS enters, count(*) FILTER (way = 'drops_out') AS drops_out,
           count(*) FILTER (way = 'opens') AS opens, count(*) FILTER (way = 'other') AS other,
           coalesce(sum(low) FILTER (after = 'qualified'), 0) AS low,
           coalesce(sum(high) FILTER (after <> 'not_qualified'), 0) AS high
    FROM ({firms})"""


@dataclass(frozen=True)
class Question:
    """Which firms of a trial: by what it says, by how it differs, by what they are stuck on, by name ("" is any)."""

    after: str = ""
    way: str = ""
    clause: str = ""
    text: str = ""


def file_of(draft: int, job: int) -> Path:
    """Where a trial of a draft is kept: each its own, as an earlier one may be the last to end."""
    return Path(settings.STORE) / "trials" / str(draft) / f"{job}.parquet"


def run(
    draft: int, job: int, sha256: str, based_on: str, progress: Progress, *, purpose: str = "new"
) -> dict[str, Any]:
    """Judge every firm of the current snapshot, as *purpose* asks; what it was made of."""
    snapshot, day = current.snapshot(), today()
    book, base = queries.book_of(store.text_of(sha256)), queries.official(based_on)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as made:
        progress(_("按草稿预审"), 0.1)
        after = qualify.assess(
            snapshot, store.file_of(sha256), edition=book.edition, purpose=purpose, as_of=day, out=Path(made) / "after"
        )
        before = None
        if base is not None:
            progress(_("按官方规则预审"), 0.5)
            out = Path(made) / "before"
            before = qualify.assess(snapshot, base.id, edition=base.edition, purpose=purpose, as_of=day, out=out)
        progress(_("逐户对照"), 0.8)
        _write(made_here := file_of(draft, job), before, after)
        for one in made_here.parent.glob("*.parquet"):
            if int(one.stem) < job:
                one.unlink(missing_ok=True)
    about = {"snapshot": snapshot.id, "sha256": sha256, "as_of": day.isoformat(), "purpose": purpose}
    return about | {"grants": book.granted is not None, "form": FORM}


def _write(file: Path, before: qualify.Assessment | None, after: qualify.Assessment) -> None:
    told: list[Differing] = list(difference(before, after)) if before else []
    found = [{"firm": one.firm, "way": one.way, "old": list(one.old)} for one in told]
    with whole(file) as draft, current.snapshot().connect() as connection:
        connection.register("differing", pa.Table.from_pylist(found, schema=_DIFFERING))
        nobody = "(SELECT NULL::INTEGER AS n, NULL::VARCHAR AS verdict LIMIT 0)"
        query = _FIRMS.format(
            after=_parquet(after, "verdicts"), clauses=_parquet(after, "clauses"),
            before=_parquet(before, "verdicts") if before else nobody, stuck=stuck(after),
        )  # fmt: skip
        connection.execute(f"COPY ({query} ORDER BY n) TO {literal(str(draft))} (FORMAT parquet)")
        connection.unregister("differing")


def _parquet(one: qualify.Assessment, name: str) -> str:
    return f"read_parquet({literal(str(one.path / f'{name}.parquet'))})"


def about(draft: Draft) -> dict[str, Any] | None:
    """What the last trial of *draft* was made of, where it is there; *outdated* where that is no longer so."""
    done = draft.trial.result if draft.trial else None
    if not done or done.get("form") != FORM or not _file(draft).is_file():
        return None
    stale = done["sha256"] != draft.sha256 or done["snapshot"] != current.pointer().snapshot
    return {**done, "outdated": stale}


def by_purpose(draft: Draft) -> bool:
    """Whether what *draft* says, or what it is compared with, asks something else of re-examinations."""
    text = queries.text_of(draft)
    books = [queries.official(draft.based_on), None if queries.problem(text) else queries.book_of(text)]
    return any(one.by_purpose for one in books if one)


def firms(user: User, draft: Draft, asked: Question) -> Rows:
    """The firms of a trial that *user* is in charge of and that are asked for."""
    narrower = {"after": "after = ?", "way": "way = ?", "clause": "list_contains(stuck, ?)"}
    tests = [*given(asked, narrower), *called(asked.text)]
    return chosen(f"SELECT *, {_RANK} AS rank FROM {_tried(draft)}", [*_own(user, draft), *tests], default="rank")


def totals(user: User, draft: Draft) -> Row:
    """Firms by what came out, and the money, of those that *user* is in charge of."""
    every = chosen(f"FROM {_tried(draft)}", _own(user, draft))
    with duckdb.connect() as connection:
        return rows(connection, _TOTALS.format(firms=every.select), every.parameters)[0]


def clauses(user: User, draft: Draft, after: str) -> list[tuple[str, int]]:
    """On which clauses the firms that came out as *after* are stuck, with how many, the most first."""
    return chosen(f"FROM {_tried(draft)}", [*_own(user, draft), ("after = ?", (after,))]).counted("unnest(stuck)")


def _tried(draft: Draft) -> str:
    return f"read_parquet({literal(str(_file(draft)))})"


def _file(draft: Draft) -> Path:
    return file_of(draft.pk, draft.trial_id or 0)


def _own(user: User, draft: Draft) -> Tests:
    """Of the firms of the draft's district that lie in the reader's charge."""
    return [*given(draft, {"district": "district = ?"}), *in_charge(user)]
