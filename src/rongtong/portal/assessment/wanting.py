"""Which facts each undetermined firm lacks, worked out once for a result and kept beside the database."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from rongtong import qualify
from rongtong.facts.text import literal
from rongtong.qualify.assessment import BATCH, among
from rongtong.qualify.missing import missing

SCHEMA = pa.schema([("n", pa.int32()), ("fact", pa.string()), ("settles", pa.bool_()), ("points", pa.float64())])


def file_of(result: str) -> Path:
    """Where the wants of a result are kept."""
    return Path(settings.STORE) / "wanting" / f"{result}.parquet"


@lru_cache(maxsize=8)
def wants(assessment_id: str) -> str:
    """SQL that reads ``n, fact, settles, points`` of a result; made now when it is not there."""
    from rongtong.portal.registry import current  # noqa: PLC0415 -- only when it must be made

    file = file_of(assessment_id)
    if not file.is_file():
        rulebook = next(book for book, result in current.pointer().results.items() if result == assessment_id)
        keep(current.assessment(rulebook))
    return f"read_parquet({literal(str(file))})"


def keep(assessment: qualify.Assessment) -> None:
    """Work out the wants of *assessment* and keep them."""
    file = file_of(str(assessment.manifest["id"]))
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    pq.write_table(_table(assessment), part)
    part.rename(file)


def _table(assessment: qualify.Assessment) -> pa.Table:
    verdicts = assessment.table
    open_ = verdicts.filter(pa.compute.equal(verdicts.column("verdict"), "undetermined")).column("n").to_pylist()
    rows: list[tuple[Any, ...]] = []
    with assessment.snapshot.connect() as connection:
        for start in range(0, len(open_), BATCH):
            found = missing(connection, assessment.program, among(open_[start : start + BATCH]))
            rows += [(n, one.fact, one.settles, one.points) for n, own in found.items() for one in own]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
