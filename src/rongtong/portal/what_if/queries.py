"""Reads over the firms in the reader's charge: who is one step short, who is judged otherwise by another edition."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rongtong import facts
from rongtong.facts import digest
from rongtong.facts.snapshot import Row
from rongtong.facts.text import literal
from rongtong.portal.keeping import Kept
from rongtong.portal.people.models import User
from rongtong.portal.people.queries import Person, to_call
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.registry.rows import Rows, Tests, called, chosen, given, in_charge
from rongtong.portal.rulebooks.queries import edition
from rongtong.portal.what_if.asking import Asked, judged_by
from rongtong.qualify.assess import judge
from rongtong.qualify.difference import WAYS, difference
from rongtong.qualify.short import Short, short
from rongtong.qualify.what_if import WhatIf, held

#: Answers that are worked out over all firms, by what they follow from.
ASKED = Kept("asked", ".parquet", most=40)
_SHORT = pa.schema(
    [
        ("n", pa.int32()),
        ("steps", pa.list_(pa.string())),
        ("margins", pa.list_(pa.float64())),
        ("ends", pa.list_(pa.string())),
        ("open", pa.bool_()),
        ("fixed", pa.bool_()),
    ]
)
_TEXTS = pa.list_(pa.string())
_DIFFERING = pa.schema(
    [(name, pa.string()) for name in ("firm", "way", "before", "after")] + [("old", _TEXTS), ("new", _TEXTS)]
)


@dataclass(frozen=True)
class ShortQuestion:
    """Who is one step short of *about*: and by which step, district, title and name ("" is any)."""

    about: Asked
    step: str = ""
    district: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class ShortAnswer:
    """What *user* may see of the firms asked for."""

    user: User
    question: ShortQuestion

    @property
    def firms(self) -> Rows:
        """``n, firm, name, uscc, district, titles``, *steps*, their *margins* and *ends*, *open*: are data lacking."""
        return chosen(self._all, self._tests())

    def steps(self) -> list[tuple[str, int]]:
        """The steps that anybody is short of, with how many firms are, the most first; whatever step is asked for."""
        return self._counted("unnest(steps)", without="step")

    def titles(self) -> list[tuple[str, int]]:
        """The same by title held."""
        return self._counted("unnest(titles)", without="title")

    def fixed(self) -> list[tuple[str, int]]:
        """The clauses that alone keep firms out and that no lever turns, with how many; these firms are in no list."""
        return self._counted("unnest(steps)", without="step", fixed=True)

    def _counted(self, what: str, *, without: str, fixed: bool = False) -> list[tuple[str, int]]:
        return chosen(self._standing if fixed else self._all, self._tests(without)).counted(what)

    def _tests(self, *without: str) -> Tests:
        asked = self.question
        narrower = {"step": "list_contains(steps, ?)", "title": "list_contains(titles, ?)", "district": "district = ?"}
        return [*given(asked, narrower, without=without), *called(asked.text), *in_charge(self.user)]

    @cached_property
    def _all(self) -> str:
        return f"SELECT * FROM ({self._every}) WHERE NOT fixed"

    @cached_property
    def _standing(self) -> str:
        return f"SELECT * FROM ({self._every}) WHERE fixed"

    @cached_property
    def _every(self) -> str:
        titles = f"SELECT n, list(kind ORDER BY kind) AS titles FROM ({held(self.question.about.program())}) GROUP BY n"
        return f"""
            SELECT n, firm, name, uscc, district, steps, margins, ends, open, fixed, coalesce(titles, []) AS titles
            FROM read_parquet({literal(str(self._file))}) JOIN firms USING (n) LEFT JOIN ({titles}) USING (n)"""

    @cached_property
    def _file(self) -> Path:
        about = self.question.about
        return _kept(about.parts | {"kind": "one step"}, _SHORT, lambda: _short(about))


def _kept(parts: dict[str, Any], schema: pa.Schema, make: Callable[[], pa.Table]) -> Path:
    """The file of the answer of such columns that follows from *parts*; made when nobody has asked before."""
    key = digest.of_json(parts | {"columns": schema.names})[:32]
    return ASKED.found(key) or ASKED.made(key, lambda draft: pq.write_table(make(), draft))


def people(user: User, firms: list[str]) -> dict[str, Person]:
    """Whom to call at those of *firms* whose contacts *user* may see."""
    found = Firm.objects.in_bulk(firms).values()
    return to_call([one.id for one in found if user.has_perm("people.view_contact", one)])


def _short(about: Asked) -> pa.Table:
    """By an engine of its own: this takes seconds, for which nobody who moves a slider shall wait."""
    judged = judged_by(edition(about.book), about.purpose)
    with closing(WhatIf(current.snapshot(), about.program())) as asking:
        found = short(asking, lacks=judged.wants() if judged else None)
    return pa.Table.from_pylist([_row(one) for one in found], schema=_SHORT)


def _row(one: Short) -> Row:
    steps = [f"{step.kind}:{step.id}" for step in one.steps]
    is_open = any(step.kind == "fact" for step in one.steps)
    far = {"margins": [step.margin for step in one.steps], "ends": [step.to for step in one.steps]}
    return {"n": one.n, "steps": steps, "open": is_open, "fixed": one.fixed} | far


@dataclass(frozen=True)
class Difference:
    """Who is judged otherwise by *new* than by *old*; which *way*, on which *clause*, in which district ("" is any)."""

    user: User
    old: Asked
    new: Asked
    way: str = ""
    clause: str = ""
    district: str = ""

    @property
    def firms(self) -> Rows:
        """``firm, name, uscc, district, way, before, after`` and the clauses not met by *old* and by *new*."""
        return chosen(self._all, self._tests())

    def ways(self) -> dict[str, int]:
        """How many differ in each way; whatever way is asked for."""
        return dict.fromkeys(WAYS, 0) | dict(chosen(self._all, self._tests("way")).counted("way"))

    def clauses(self, way: str) -> list[tuple[str, int]]:
        """On which clauses: of those who enter, what kept them out of *old*; of the others, what *new* asks."""
        found = chosen(self._all, [*self._tests("way", "clause"), ("way = ?", (way,))])
        return found.counted("unnest(old)" if way == "enters" else "unnest(new)")

    def _tests(self, *without: str) -> Tests:
        deciding = "CASE WHEN way = 'enters' THEN old ELSE new END"
        narrower = {"way": "way = ?", "clause": f"list_contains({deciding}, ?)", "district": "district = ?"}
        return [*given(self, narrower, without=without), *in_charge(self.user)]

    @cached_property
    def _all(self) -> str:
        file = literal(str(self._file))
        return f"SELECT d.*, name, uscc, district FROM read_parquet({file}) d JOIN firms USING (firm)"

    @cached_property
    def _file(self) -> Path:
        parts = {"kind": "difference", "old": self.old.parts, "new": self.new.parts}
        return _kept(parts, _DIFFERING, lambda: _differing(self.old, self.new))


def _differing(old: Asked, new: Asked) -> pa.Table:
    """All firms judged by both, for this comparison alone."""
    snapshot = facts.Snapshot(current.snapshot().path)
    with TemporaryDirectory(prefix="rongtong-") as folder:
        sides = [judge(snapshot, one.program(), one.purpose, out=Path(folder)) for one in (old, new)]
        found = [asdict(one) | {"way": one.way} for one in difference(*sides)]
    return pa.Table.from_pylist(found, schema=_DIFFERING)
