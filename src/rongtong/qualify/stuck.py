"""On which clauses firms are stuck: those that make a verdict what it is, read from the files of a result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rongtong.facts.text import literal
from rongtong.qualify.assessment import Assessment
from rongtong.qualify.output import WORDS
from rongtong.qualify.rulebook import Requirement

YES, NO, _open = WORDS


def stuck(one: Assessment) -> str:
    """SQL of ``n, stuck`` of each firm that does not qualify: the clauses without parts that share its verdict.

    Of a firm that is not qualified they do not hold, of one undetermined they are not known, and so does all that they
    are part of. They stand in the order of the rulebook.
    """
    verdicts, clauses = (literal(str(Path(one.path) / f"{name}.parquet")) for name in ("verdicts", "clauses"))
    leaves = ", ".join(_listed([each.head.id for each in leaf]) for leaf in _leaves(one))
    return f"""
        SELECT n, list_transform(list_filter([{leaves}], lambda leaf: list_has_all(same, leaf)), lambda leaf: leaf[-1])
               AS stuck
        FROM (SELECT n, list(clause) AS same FROM {clauses} JOIN {verdicts} v USING (n)
              WHERE verdict <> '{YES}' AND holds IS NOT DISTINCT FROM CASE verdict WHEN '{NO}' THEN false END
              GROUP BY n)"""


def _leaves(one: Assessment) -> Iterator[tuple[Requirement, ...]]:
    return (leaf for clause in one.program.book.deciding for leaf in clause.leaves())


def _listed(names: list[str]) -> str:
    return f"[{', '.join(map(literal, names))}]"
