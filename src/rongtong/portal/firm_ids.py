"""The one way in which a row of the database names the firm that it is about.

What hangs on a firm is whatever has a :class:`FirmId`: declared where each model lives, found here in one place.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Max
from django.utils.functional import Promise

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:  # takes no types when it runs
    Text = models.CharField


class FirmId(Text):
    """The id of a firm as it was given at any time; whoever reads it follows it through merges.

    *what* is what a row is called, *shows* are the attributes that tell one from another, *at* and *by* those that
    tell when it was written and by whom (``""``: it does not say).
    """

    def __init__(
        self, what: str | Promise = "", *, shows: tuple[str, ...] = (), at: str = "", by: str = "", **options: Any
    ) -> None:
        self.what, self.shows, self.at, self.by = what, shows, at, by
        super().__init__(**{"max_length": 40, "db_index": not options.get("unique", False)} | options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As a plain column: what rows are called is nothing that a database knows."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


@dataclass(frozen=True)
class Written:
    """One row that names a firm: what it is, what it says, when and by whom it was written (None: unknown)."""

    what: str
    told: str
    at: datetime.date | None
    by: object | None


def columns() -> list[FirmId]:
    """The column of every model whose rows hang on a firm."""
    return [field for model in apps.get_models() for field in model._meta.concrete_fields if isinstance(field, FirmId)]


def column(kind: str) -> FirmId:
    """That of the model called *kind*, as in ``membership.member``."""
    return next(one for one in columns() if one.model._meta.label_lower == kind)


def marks() -> dict[str, int]:
    """The last row that every model has now, by the model's name."""
    last = {one.model._meta.label_lower: _rows(one).aggregate(last=Max("pk"))["last"] for one in columns()}
    return {kind: pk for kind, pk in last.items() if pk is not None}


def since(marks: dict[str, int], firms: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """The rows that name one of *firms* and were written after *marks*: kind, key and the id that each names."""
    for one in columns():
        kind = one.model._meta.label_lower
        found = _rows(one).filter(**{f"{one.name}__in": firms}, pk__gt=marks.get(kind, 0)).order_by("pk")
        for key, firm in found.values_list("pk", one.name):
            yield kind, key, firm


def named(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], models.Model]:
    """The rows with *keys*, kind and key, as far as they are there."""
    by_kind: dict[str, list[int]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    return {
        (kind, key): row for kind, wanted in by_kind.items() for key, row in _rows(column(kind)).in_bulk(wanted).items()
    }


def firm_named(row: models.Model) -> str:
    """The id of the firm that *row* names."""
    return str(getattr(row, column(row._meta.label_lower).name))


def written(row: models.Model) -> Written:
    """*row* as a person reads it."""
    one = column(row._meta.label_lower)
    shown = [str(_shown(row, name) or "") for name in one.shows]
    return Written(str(one.what), " · ".join(filter(None, shown)), _value(row, one.at), _value(row, one.by))


def move(row: models.Model, firm: str) -> None:
    """Let *row* name *firm*. Raises django.db.IntegrityError when *firm* has such a row of its own."""
    one = column(row._meta.label_lower)
    setattr(row, one.name, firm)
    row.save(update_fields=[one.name])


def _rows(one: FirmId) -> models.QuerySet[Any]:
    return one.model._default_manager.all()


def _shown(row: models.Model, name: str) -> Any:
    told = getattr(row, f"get_{name}_display", None)
    return told() if told else getattr(row, name)


def _value(row: Any, path: str) -> Any:
    """What *path*, written as in a query, leads to from *row*; None where it ends early."""
    for name in filter(None, path.split("__")):
        row = getattr(row, name, None)
    return row if path else None
