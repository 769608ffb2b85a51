"""``rongtong facts``: every fact with the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from rongtong import facts
from rongtong.cli import output, tables
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, Date, Home, Out, Source, Year
from rongtong.cli.progress import progress
from rongtong.i18n import _
from rongtong.report import labels

SHOWN = 30


def run(
    source: Source = None,
    out: Out = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print the facts of a workbook or a snapshot, or write them to a file."""
    check(out, source)
    with progress() as report:
        opened = snapshot(source, home, report, beside=out, said=Said(date=date, year=year))
        table = facts.facts_table(opened.snapshot)
        if out:
            report(_("写入 {file}", file=out.name), 0.9)
            tables.write(out, table, {"facts": rows(table)})
    if as_json:
        output.document({"facts": rows(table)} if not out else {"out": out, "rows": table.num_rows})
    elif out:
        output.show(_("已写入 {file}：{n} 条事实。", file=out, n=f"{table.num_rows:,}"))
    else:
        show(table)


def check(out: Path | None, source: str | None) -> None:
    """Refuse a suffix nobody can write, and the workbook itself, before the work begins."""
    tables.destination(out, (".parquet", ".csv", ".json"), source)


def rows(table: Any) -> Iterator[dict[str, Any]]:
    """The facts one by one, as JSON objects."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def show(table: Any) -> None:
    """Show the first facts to a person."""
    heads = [_("企业"), _("字段"), _("年度"), _("值"), _("文件"), _("单元格")]
    output.show(output.table(heads, map(line, islice(rows(table), SHOWN))))
    output.show(_("共 {n} 条事实；用 --json 或 --out 得到全部。", n=f"{table.num_rows:,}"))


def line(row: dict[str, Any]) -> list[Any]:
    """A fact as a line for a person."""
    slot = f"{row['field']}.{row['attribute']}" if row["attribute"] else row["field"]
    value = labels.of_claim(slot, row["value"])
    return [row["name"], labels.of_slot(slot), row["year"], value, row["file"], cell(row)]


def cell(row: dict[str, Any]) -> str | None:
    """Where a fact stands."""
    return f"{row['sheet']}!{row['cell']}" if row["cell"] else None
