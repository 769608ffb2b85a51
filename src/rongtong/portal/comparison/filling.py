"""A list filled: beside its rows what they were found to be, and the fields that the reader may see of each firm."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _

from rongtong import lists
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.slots import Slot
from rongtong.definitions.wording import worded
from rongtong.facts.temporary import whole
from rongtong.facts.text import quote
from rongtong.facts.titles import in_force
from rongtong.lists import Addition, Listing
from rongtong.portal.comparison import queries
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.days import today
from rongtong.portal.imports.readings import place
from rongtong.portal.jobs.operations import Progress
from rongtong.portal.people.models import User
from rongtong.portal.registry import current, door
from rongtong.portal.registry.models import Firm
from rongtong.report import labels

TITLES = "titles"
#: A longer list is filled in the background.
AT_ONCE = 3_000

#: What is asked for most; of yearly fields the last year.
USUAL = ("district", "industry", "chain", "main_product", "size_class", "revenue", "staff", "rd_expense")
Choices = list[tuple[str, str]]


@contextmanager
def listing(held: Comparison) -> Iterator[Listing]:
    """The list of *held*, read from its file."""
    path = place(held.folder, Path(held.file.path), held.name)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        yield Listing.read(path, Path(folder), **held.columns)


def give_back(held: Comparison, read: Listing | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """Write the filled workbook of *held*, which was compared, as answers are now; the counts."""
    matches = queries.matched(held)
    with nullcontext(read) if read else listing(held) as found:
        if progress:
            progress(_("回填"), 0.75)
        more, among = additions(matches, held.fields, held.made_by), lists.candidates(matches, current.snapshot())
        with whole(held.filled) as draft:
            found.give_back(matches, draft, more, among=among)
    counts = queries.counts(matches)
    kept = {"counts": counts, "stamp": queries.stamp(matches), "rights": held.made_by.rights}
    Comparison.objects.filter(pk=held.pk).update(**kept)
    return counts


def choices() -> list[tuple[str, Choices]]:
    """The columns that can be filled in, by parts of the catalogue, the usual ones first."""
    columns = current.snapshot().columns - {"n", "firm", "uscc", "name"}
    slots = sorted((slot for slot in columns if "!" not in slot), key=_latest_first)
    by_field: dict[str, list[str]] = {}
    for slot in slots:
        by_field.setdefault(door.field_of(slot), []).append(slot)
    usual = [by_field[field].pop(0) for field in USUAL if field in by_field]
    groups = [
        (title, [s for field in fields for s in by_field.get(field, ())])
        for title, fields in catalogue().groups.items()
    ]
    return [
        (_("常用"), [(TITLES, _("有效称号")), *_labelled(usual)]),
        *((worded(title), _labelled(own)) for title, own in groups if own),
    ]


def _labelled(slots: Iterable[str]) -> Choices:
    return [(slot, labels.of_slot(slot)) for slot in slots]


def _latest_first(slot: str) -> tuple[str, int, str]:
    """Slots of one field by year, the last first, so that the usual one is that of last year."""
    years = Slot.parse(slot).years
    return door.field_of(slot), -years[1] if years else 0, slot


def additions(matches: pa.Table, fields: Iterable[str], reader: User) -> list[Addition]:
    """The columns of *fields*, in order. A doubtful match is filled too; nothing hidden goes through."""
    rows = matches.to_pylist()
    made: list[Addition] = []
    values = _values(sorted({one["firm"] for one in rows if one["firm"]}), list(fields), reader)
    for field in fields:
        label = _("有效称号") if field == TITLES else labels.of_slot(field)
        made.append(Addition(label, {one["row"]: values.get(one["firm"], {}).get(field) for one in rows}))
    return made


def _values(firms: list[str], fields: list[str], reader: User) -> dict[str, dict[str, Any]]:
    """Per firm the values of *fields* that *reader* may see, as an officer writes them."""
    slots = [field for field in fields if field != TITLES and field in current.snapshot().columns]
    grants = door.grants_of(reader, Firm.objects.in_bulk(firms).values())
    found: dict[str, dict[str, Any]] = {firm: {} for firm in firms}
    with current.snapshot().connect() as connection:
        columns = "".join(f", {quote(slot)}" for slot in slots)
        query = f"SELECT firm{columns} FROM firms WHERE list_contains($1, firm)"
        for firm, *values in connection.execute(query, [firms]).fetchall():
            may, given = grants[firm], zip(slots, values, strict=True)
            found[firm] = {
                slot: labels.of_value(slot, value) for slot, value in given if value is not None and may.allow(slot)
            }
        if TITLES in fields and "list_titles" in current.snapshot().tables:
            for firm, titles in connection.execute(_TITLES, [firms, today()]).fetchall():
                found[firm][TITLES] = titles
    return found


_TITLES = f"""
    SELECT firm, string_agg(kind || coalesce('（至' || valid_until || '）', ''), '、' ORDER BY kind)
    FROM list_titles JOIN firms USING (n)
    WHERE list_contains($1, firm) AND {in_force("$2")} GROUP BY firm"""


def known_fields(fields: Iterable[str]) -> list[str]:
    """Those of *fields* that the catalogue knows."""
    return [one for one in fields if one == TITLES or door.field_of(one) in catalogue().fields]
