"""Levers on lists: whatever a rulebook in force counts can be got, or it is known that nothing leads there."""

from __future__ import annotations

from datetime import date

from rongtong.facts.imagined import snapshot
from rongtong.qualify.assess import program_of
from rongtong.qualify.forward import Span, forward
from rongtong.qualify.levers import new_records
from rongtong.qualify.path_search import Search
from rongtong.qualify.shelf import editions, known
from rongtong.qualify.trials import Trials

SINCE, AT = date(2026, 5, 1), date(2028, 5, 1)
#: What no lever gets: whether a patent is of high value others decide.
OUT_OF_REACH = {("ip", "class_1_high_value")}


def test_all_that_a_rulebook_in_force_counts_can_be_got(tmp_path):
    """One record more raises the count, of every list that has levers at all."""
    frozen = snapshot(tmp_path / "s", [{}], reference_date=SINCE.isoformat())
    stuck: set[tuple[str, str]] = set()
    for rulebook in known():
        if any(one.covers("new", AT) for book in editions(rulebook) for one in book.in_force):
            stuck |= set(out_of_reach(frozen, rulebook))
    assert stuck == OUT_OF_REACH


def out_of_reach(frozen, rulebook):
    search = Search(frozen, 0, program_of(frozen, rulebook, edition=None, purpose="new", as_of=AT), Span(SINCE, AT))
    program, records = search.program, list(new_records(search.program, search.span))
    with forward(frozen, 0, search.carried, search.lists, program.book.catalogue) as connection:
        now, *more = Trials(connection, program).run([{}, *({move: 1} for move in records)])
    for one, k in program.lists.known.items():
        has_lever = any(move.slot.startswith(f"{one.list}.") for move in records)
        if has_lever and not any(row[f"lo{k}"] > now[f"lo{k}"] for row in more):
            yield one.list, one.subset
