"""Generate the sample: its truth as Parquet, its workbooks, and how they are to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rongtong import yaml12
from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.sample.account import Account
from rongtong.sample.draw import draw
from rongtong.sample.layouts import BookLayout, load
from rongtong.sample.observed import Observed
from rongtong.sample.parameters import world
from rongtong.sample.population import Population, populate
from rongtong.sample.sheets import save

_MOST_FOR_WORKBOOKS = 300_000


@dataclass(frozen=True)
class Sample:
    """A sample written to *path*: its truth, and the imports in their order (``imports.yaml``)."""

    path: Path
    population: Population
    imports: tuple[dict[str, Any], ...]

    @property
    def members(self) -> set[str]:
        """The credit codes of the firms that belong to the alliance."""
        held: set[str] = set(self.firms.filter(pc.field("member"))["uscc"].to_pylist())
        return held

    @property
    def firms(self) -> pa.Table:
        """The true values, one row a firm (``truth/firms.parquet``)."""
        return self.population.firms


def generate(out: Path, *, seed: int = 2022, firms: int | None = None, workbooks: bool | None = None) -> Sample:
    """Write an alliance shaped like Qingdao's in October 2022 into the folder *out*; the same seed, the same bytes.

    *firms* are distinct firms; at the default size 151 / 320 / 7,654 titles are held, other sizes scale the counts.
    Workbooks are written for up to 100,000 firms unless *workbooks* says otherwise. Raises :class:`InputError` for
    sizes that cannot be: fewer than 100 firms, or workbooks beyond what a sheet holds.
    """
    count = world().default_firms if firms is None else firms
    wanted = count <= 100_000 if workbooks is None else workbooks
    if count < 100:
        raise InputError(_("样例至少需要 100 家企业，收到 {count}", count=count), mend=_("请把 firms 改为 100 或更大"))
    if wanted and count > _MOST_FOR_WORKBOOKS:
        what = _("{count} 家企业的工作簿超出一张工作表的行数", count=count)
        raise InputError(what, mend=_("请不写工作簿，或减少企业数"))
    population = populate(count, seed)
    (out / "truth").mkdir(parents=True, exist_ok=True)
    pq.write_table(population.firms, out / "truth" / "firms.parquet")
    for name, table in population.lists.items():
        pq.write_table(table, out / "truth" / f"list_{name}.parquet")
    imports = _workbooks(out, population) if wanted else ()
    return Sample(out, population, imports)


def _workbooks(out: Path, population: Population) -> tuple[dict[str, Any], ...]:
    rng = np.random.default_rng([population.seed, 1])
    observed, account = Observed(population, rng), Account()
    books = load("districts.yaml") + load("ledgers.yaml")
    for book in books:
        path = out / book.file
        path.parent.mkdir(parents=True, exist_ok=True)
        sheets = [draw(book, layout, observed.rows(book, layout), rng, account) for layout in book.sheets]
        save(path, sheets, book.encoding)
    pq.write_table(account.table(), out / "truth" / "cells.parquet")
    imports = tuple(_import(book) for book in books)
    manifest = {"imports": list(imports)}
    (out / "imports.yaml").write_text(yaml12.dump(manifest), encoding="utf-8")
    return imports


def _import(book: BookLayout) -> dict[str, Any]:
    """The arguments with which *book* is to be imported."""
    return {
        "file": book.file,
        "source": book.imports.source,
        "reference_date": world().reference_date.isoformat(),
        "year": world().reporting_year,
        "complete": list(book.imports.complete),
        "number": book.imports.number,
    }
