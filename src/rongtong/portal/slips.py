"""A slip: one fact that a person states of a firm, kept as a small workbook of its own and imported like any other.

So it has a cell, a document and an entry, and whatever reads facts reads it without knowing of us.
"""

from __future__ import annotations

import csv
import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rongtong.errors import InputError
from rongtong.facts import importing
from rongtong.i18n import _
from rongtong.portal.design.forms import fitting
from rongtong.portal.registry.current import alliance
from rongtong.portal.registry.models import Firm


@dataclass(frozen=True)
class Slip:
    """What is *stated*, by headings that the reader knows, and what proves it; *name* is how reports cite it."""

    name: str
    stated: Mapping[str, str]
    proof: Mapping[str, object] = field(default_factory=dict)


def named(kind: str, firm: Firm, day: datetime.date, number: int) -> str:
    """What the file of a slip of one *kind* is called: however long the firm's name, file systems hold it."""
    return f"{kind}_{fitting(firm.name.replace('/', '_'))}_{day:%Y%m%d}_{number}.csv"


def write(folder: Path, slip: Slip, firm: Firm) -> Path:
    """Write *slip* on *firm* into *folder* (.csv, UTF-8 with a mark)."""
    path = folder / slip.name
    note = "；".join(f"{name}：{value}" for name, value in slip.proof.items() if value)
    row = {"企业名称": firm.name, "统一社会信用代码": firm.uscc, **slip.stated, "备注": note}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(row.keys())
        writer.writerow(row.values())
    return path


def read(slip: Slip, firm: Firm, *, source: str, day: datetime.date) -> None:
    """Raise InputError when *slip* would not be read to its end; nothing is entered."""
    with tempfile.TemporaryDirectory(prefix="rongtong-") as made:
        _read(write(Path(made), slip, firm), slip, _options(source, day))


def enter(slip: Slip, firm: Firm, *, source: str, day: datetime.date, by: str, number: str = "", mend: str = "") -> int:
    """Put *slip* in force, said by a *source* on *day*; the entry. Raises InputError when it is not read to its end."""
    about = _options(source, day, number)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as made:
        path = write(Path(made), slip, firm)
        _read(path, slip, about, mend)
        return importing.import_file(alliance(), path, about, by=by, progress=lambda _step, _share: None).entry


def _options(source: str, day: datetime.date, number: str = "") -> importing.Options:
    return importing.Options(source, day.isoformat(), day.year - 1, (), number)


def _read(path: Path, slip: Slip, about: importing.Options, mend: str = "") -> None:
    reading = importing.read(alliance(), path, about)
    if not reading.counts["used"] or reading.problems.num_rows:
        told = reading.problems.to_pylist()
        raise InputError(
            told[0]["reason"] if told else _("填报值没有读懂，没有记入"),
            place=told[0]["text"] if told else "、".join(slip.stated.values()),
            mend=mend,
        )
