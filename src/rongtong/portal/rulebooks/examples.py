"""Worked examples as pages show them: run once a definition, kept beside the database, told in words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.wording import worded
from rongtong.portal.design.templatetags.design import VERDICTS
from rongtong.portal.keeping import Kept
from rongtong.qualify import examples
from rongtong.qualify.examples import Example, Outcome, Step
from rongtong.qualify.rulebook import Rulebook
from rongtong.report import labels

#: As many as the shelf has editions, and then some.
OUTCOMES = Kept("examples", ".json", most=200)


@dataclass(frozen=True)
class Run:
    """An example, and what the rulebook says of it."""

    example: Example
    outcome: Outcome


def runs(book: Rulebook) -> list[Run]:
    """Every worked example of *book*, those that do not pass first."""
    path = examples.of_edition(book)
    _file, found = _loaded(path, path.read_bytes())
    outcomes = _outcomes(path, digest(book, path))
    pairs = [Run(one, outcome) for one, outcome in zip(found, outcomes, strict=True)]
    return sorted(pairs, key=lambda one: one.outcome.passes)


def passing(book: Rulebook) -> tuple[int, int]:
    """How many examples pass, and how many there are."""
    found = runs(book)
    return sum(one.outcome.passes for one in found), len(found)


def digest(book: Rulebook, path: Path) -> str:
    """Of all that the outcomes follow from."""
    parts = (book.sha256, book.catalogue.sha256, version("rongtong"), hashlib.sha256(path.read_bytes()).hexdigest())
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=32)
def _loaded(path: Path, _content: bytes) -> tuple[examples.ExampleFile, list[Example]]:
    return examples.load(path)


@lru_cache(maxsize=32)
def _outcomes(path: Path, name: str) -> list[Outcome]:
    """Read from where they are kept, else run and kept."""
    if file := OUTCOMES.found(name):
        return [Outcome(**one) for one in json.loads(file.read_text(encoding="utf-8"))]
    found = examples.run(path)
    told = json.dumps([asdict(one) for one in found], ensure_ascii=False)
    OUTCOMES.made(name, lambda draft: draft.write_text(told, encoding="utf-8"))
    return found


def title(book: Rulebook, one: Example) -> str:
    """What an example is called; of a step of a walk the clause, and the value that is tried."""
    case = one.expected
    if not isinstance(case, Step):
        return case.title
    heads = {head.id: worded(head.title) for head in book.heads}
    return f"{heads.get(case.of, case.of)}：{labels.of_slot(case.vary)} = {case.value}"


def given(one: Example) -> list[str]:
    """The facts in which the firm of an example differs from the one that the file gives in full."""
    return [f"{_named(slot)}：{_written(slot, value)}" for slot, value in one.expected.facts.items()]


def said(book: Rulebook, parts: dict[str, Any]) -> list[str]:
    """What an example wants to be said, or what was said, in words."""
    heads = {head.id: worded(head.title) for head in book.heads}
    _kind, word = VERDICTS[parts.get("verdict")]
    found = [_(word)] if "verdict" in parts else []
    if "score" in parts:
        found.append(_points(parts["score"]))
    found += [f"{heads.get(name, name)}：{_holds(value)}" for name, value in parts.get("holds", {}).items()]
    found += [f"{heads.get(name, name)}：{_points(ends)}" for name, ends in parts.get("points", {}).items()]
    if "missing" in parts:
        found.append(_("缺：{what}").format(what="、".join(map(labels.of_slot, parts["missing"])) or _("无")))
    return found


def _holds(value: bool | None) -> str:
    return {True: _("符合"), False: _("不符合"), None: _("未知")}[value]


def _points(ends: list[float] | None) -> str:
    if ends is None:
        return "—"
    low, high = ends
    return _("{n} 分").format(n=f"{low:g}" if low == high else f"{low:g}–{high:g}")


def _named(slot: str) -> str:
    """What a slot of an example is called; ``awards!from`` says from which year on a list is complete."""
    name, _sign, end = slot.partition("!")
    words = {
        "from": _("{what}清单完整，起始年"), "to": _("{what}清单完整，截止年"), "settled": _("{what}，部门已复函"),
    }  # fmt: skip  # read by rows
    return words[end].format(what=labels.of_slot(name)) if end in words else labels.of_slot(slot)


def _written(slot: str, value: Any) -> str:
    """A value as the file writes it; records attribute by attribute."""
    if isinstance(value, list):
        return _("；").join(_record(slot, one) for one in value) or _("无")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return worded(str(value))


def _record(slot: str, record: dict[str, Any]) -> str:
    field = catalogue()[slot]
    named = {one.id: worded(one.label) for one in field.attributes}
    return "，".join(f"{named.get(name, name)} {_written(slot, value)}" for name, value in record.items())
