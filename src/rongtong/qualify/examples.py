"""Worked examples of a rulebook: firms as facts, and what the rulebook must say of them; data an officer can extend.

A file gives one firm in full (``firm``), then ``cases`` that change some of its facts, and ``bounds`` that walk one
fact over the bounds of a clause. Amounts are written as in a rulebook: ``5000万元``, ``3%``, ``2年``; 未知 takes a fact
away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from rongtong.definitions import expression, expression_tree
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.editions import Purpose
from rongtong.definitions.loader import Model, folder, read
from rongtong.facts.imagined import snapshot
from rongtong.qualify.assess import assess
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import shelf

UNKNOWN = "未知"
_WORDS = {"是": True, "否": False}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Verdict = Literal["qualified", "not_qualified", "undetermined"]
Points = float | tuple[float, float]


class Case(Model):
    """One firm: what differs from the firm given in full, and what must come out."""

    title: str
    facts: dict[str, Any] = {}
    purpose: Purpose = "new"
    verdict: Verdict | None = None
    holds: dict[str, bool | None] = {}
    points: dict[str, Points] = {}
    score: Points | None = None
    missing: tuple[str, ...] | None = None


class Step(Case):
    """One step of a walk: the fact *vary* at *value*, for the clause *of*."""

    of: str
    vary: str
    value: str


class Walk(Model):
    """One fact (*vary*) walked over the bounds of the clause *of*; *facts* are set beside it.

    An attribute of a list (``ip.kind``) is walked in the records that *facts* give.
    """

    of: str
    facts: dict[str, Any] = {}
    purpose: Purpose = "new"
    vary: str
    points: dict[str, Points] = {}
    holds: dict[str, bool | None] = {}
    verdicts: dict[str, Verdict] = {}


class ExampleFile(Model):
    """The worked examples of one edition."""

    kind: Literal["examples"]
    rulebook: str
    edition: str
    as_of: date
    firm: dict[str, Any]
    cases: tuple[Case, ...]
    bounds: tuple[Walk, ...] = ()
    include: tuple[str, ...] = ()


class Shared(Model):
    """Walks that several rulebooks share, told for an application in the year of *as_of*."""

    kind: Literal["walks"]
    as_of: date
    bounds: tuple[Walk, ...]


@dataclass(frozen=True)
class Example:
    """One firm with all its facts by slot, and the case that says what must come out."""

    facts: dict[str, Any]
    expected: Case


def load(path: Path) -> tuple[ExampleFile, list[Example]]:
    """Read a file of examples. Raises :class:`DefinitionError` with file and line."""
    file = read(path).parse(ExampleFile)
    shared = [walk for name in file.include for walk in _shared(name, file.as_of)]
    cases = [*file.cases, *(case for walk in (*file.bounds, *shared) for case in _steps(walk))]
    return file, [Example(_facts(file.firm | case.facts), case) for case in cases]


@dataclass(frozen=True)
class Outcome:
    """What a rulebook should say of an example (*wanted*), part by part, beside what it says (*found*)."""

    wanted: dict[str, Any]
    found: dict[str, Any]

    @property
    def passes(self) -> bool:
        """Whether it says what it should."""
        return self.wanted == self.found


def of_edition(book: Rulebook) -> Path:
    """The file of examples of an edition that comes with the package."""
    return shelf() / book.id / f"{book.edition}.examples.yaml"


def run(path: Path) -> list[Outcome]:
    """Ask the rulebook about every example of a file, in the order of :func:`load`."""
    file, found = load(path)
    outcomes: dict[int, Outcome] = {}
    for purpose in sorted({one.expected.purpose for one in found}):
        asked = {k: one for k, one in enumerate(found) if one.expected.purpose == purpose}
        outcomes |= dict(zip(asked, _asked(file, list(asked.values()), purpose), strict=True))
    return [outcomes[k] for k in range(len(found))]


def _asked(file: ExampleFile, found: list[Example], purpose: str) -> Iterator[Outcome]:
    with TemporaryDirectory(prefix="rongtong-") as name:
        frozen = snapshot(Path(name) / "examples", [one.facts for one in found])
        out = Path(name)
        assessment = assess(frozen, file.rulebook, edition=file.edition, purpose=purpose, as_of=file.as_of, out=out)
        for one, row in zip(found, assessment.rows(), strict=True):
            yield _outcome(one.expected, row)


def _outcome(expected: Case, row: dict[str, Any]) -> Outcome:
    clauses = {clause["id"]: clause for clause in row["clauses"]}
    wanted: dict[str, Any] = {"verdict": expected.verdict, "score": _interval(expected.score)}
    wanted["missing"] = None if expected.missing is None else list(expected.missing)
    wanted = {name: said for name, said in wanted.items() if said is not None}
    found = {name: row[name] for name in wanted}
    for name, parts in (("holds", expected.holds), ("points", expected.points)):
        if parts:
            wanted[name] = {one: _interval(said) if name == "points" else said for one, said in parts.items()}
            found[name] = {one: clauses[one][name] for one in parts}
    return Outcome(wanted, found)


def _interval(points: Points | None) -> list[float] | None:
    if points is None:
        return None
    return list(points) if isinstance(points, tuple) else [points, points]


def _shared(name: str, as_of: date) -> list[Walk]:
    """The walks of ``catalogue/examples/<name>.yaml``, every year in them moved along to *as_of*."""
    file = read(folder() / "examples" / f"{name}.yaml").parse(Shared)
    return [Walk.model_validate(_moved(walk.model_dump(), as_of.year - file.as_of.year)) for walk in file.bounds]


def _moved(node: Any, years: int) -> Any:
    if isinstance(node, dict):
        return {_moved(key, years): _moved(part, years) for key, part in node.items()}
    if isinstance(node, list | tuple):
        return [_moved(part, years) for part in node]
    if isinstance(node, str):
        return _YEAR.sub(lambda found: str(int(found[0]) + years), node)
    return node + years if type(node) is int and _YEAR.fullmatch(str(node)) else node


def _steps(walk: Walk) -> Iterator[Case]:
    for says, value, expected in (
        *(("points", value, {walk.of: points}) for value, points in walk.points.items()),
        *(("holds", value, {walk.of: holds}) for value, holds in walk.holds.items()),
        *(("verdict", value, verdict) for value, verdict in walk.verdicts.items()),
    ):
        told: dict[str, Any] = {"purpose": walk.purpose, says: expected}
        facts = _varied(walk, value)
        yield Step(title=_title(walk, value), facts=facts, of=walk.of, vary=walk.vary, value=value, **told)


def _varied(walk: Walk, value: str) -> dict[str, Any]:
    list_id, _dot, attribute = walk.vary.partition(".")
    records = walk.facts.get(list_id)
    if not attribute or not isinstance(records, list):
        return walk.facts | {walk.vary: value}
    return walk.facts | {list_id: [record | {attribute: value} for record in records]}


def _title(walk: Walk, value: str) -> str:
    return f"{walk.of}：{walk.vary} = {value}"


def _facts(written: dict[str, Any]) -> dict[str, Any]:
    return {slot: _value(value) for slot, value in written.items() if value != UNKNOWN}


def _value(written: Any) -> Any:
    if isinstance(written, list):
        return [_facts(record) for record in written]
    if not isinstance(written, str) or _DAY.fullmatch(written):
        return written
    if written in _WORDS:
        return _WORDS[written]
    sign = -1 if written.startswith("-") else 1
    try:
        found = expression.parse(written.lstrip("-"), expression.FirmScope(catalogue()))
    except expression.ExpressionError:
        return written
    return sign * found.value if isinstance(found, expression_tree.Quantity) else written
