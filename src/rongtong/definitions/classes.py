"""Rules of classes: which level of a field follows from other facts, as data in ``rongtong/catalogue/classes``.

A row holds for what its codes begin; no code begins two rows. A measure's bounds are the least values
of the classes from the second up, so that a firm is of the lowest class that any of its measures reaches.
"""

from __future__ import annotations

from typing import Literal

from rongtong.definitions.editions import InForce
from rongtong.definitions.loader import Model, Source


class Row(Model):
    """One row: for which codes, and the bounds of each measure in the order of the classes."""

    id: str
    title: str
    codes: tuple[str, ...]
    bounds: dict[str, tuple[str, ...]]
    verified: bool = False
    note: str = ""


class ClassFile(Model):
    """One edition of a rule of classes; *by* is the field whose code picks the row."""

    kind: Literal["classes"]
    id: str
    edition: str
    title: str
    source: Source
    authority: str
    territory: str
    note: str = ""
    in_force: tuple[InForce, ...]
    by: str
    rows: tuple[Row, ...]
