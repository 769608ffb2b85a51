"""The cheapest path of one firm: what it lacks (supply) and what it would have to change (levers) by a later day.

    found = path(snapshot, "cn/srdi-sme", "青岛某某有限公司", as_of="2022-10-25", at="2023-10-25").paths[0]
    found.verdict, found.steps, found.supplies, found.assumptions

Least summed effort of the levers first, then the fewest facts to hand in, then the least change relative to what
there was. It is exact for the clauses given: bounds are met to the least unit, and every path found is tried with the
engine that judges. Books that are closed do not change, those of each year until the application do, each year by a
step of its own; what is not linear in the levers keeps them fixed, those of the first years first.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path as FilePath

from rongtong.definitions.days import months_after
from rongtong.definitions.editions import application_date
from rongtong.errors import InputError
from rongtong.facts.mentions import find
from rongtong.facts.snapshot import Row, Snapshot
from rongtong.i18n import _
from rongtong.qualify.assess import made_of, program_of
from rongtong.qualify.forward import Span
from rongtong.qualify.path_answer import Path, Paths
from rongtong.qualify.path_search import Search

#: Without a day, so many years ahead are looked at, on the same day of each.
YEARS = 3


def path(
    snapshot: Snapshot,
    rulebook: str | FilePath,
    firm: str,
    *,
    edition: str | None = None,
    purpose: str = "new",
    as_of: date | str | None = None,
    at: date | str | None = None,
) -> Paths:
    """The cheapest path of *firm* (its id, code or name) to qualify by *rulebook* on the day *at*.

    The facts are as they are on *as_of* (else the snapshot's reference date). Without *at* that day itself and the
    same day of each of the next years is tried, up to the first on which waiting alone is enough. The edition is the
    one in force on each day, unless it is named. Raises :class:`InputError`.
    """
    since = application_date(as_of, snapshot.manifest)
    found = find(snapshot, firm)
    days = [_later(application_date(at, {}), since)] if at else [months_after(since, 12 * k) for k in range(YEARS + 1)]
    paths: list[Path] = []
    for day in days:
        plain = program_of(snapshot, rulebook, edition=edition, purpose=purpose, as_of=day)
        search = Search(snapshot, found.n, plain, Span(since, day))
        paths.append(search.path())
        if paths[-1].waiting:
            break
    made = made_of(snapshot, plain, purpose) | {"kind": "path", "as_of": since.isoformat()}
    manifest = {name: one for name, one in made.items() if name not in ("edition", "definition")}
    return Paths(manifest, _who(snapshot, found.n), tuple(paths))


def _later(at: date, since: date) -> date:
    if at < since:
        what = _("申请日期 {at} 早于数据的日期 {since}", at=at, since=since)
        raise InputError(what, mend=_("--at 须不早于 --as-of"))
    return at


def _who(snapshot: Snapshot, n: int) -> Row:
    with snapshot.connect() as connection:
        found = connection.execute("SELECT firm, uscc, name FROM firms WHERE n = $1", [n])
        return dict(zip(("firm", "uscc", "name"), found.fetchall()[0], strict=True))
