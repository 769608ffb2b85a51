"""Assess generated firms by every rulebook, one after the other: seconds and peak memory, beside SRDI's score by hand.

    python benchmarks/assess_shelf.py --firms 1000000

Firms know, with gaps, every fact that any rulebook asks for. ``verdicts`` writes every firm's verdict and bounds. All
rulebooks run in one process, as an officer's run does, so its peak memory is that of all; ``by hand`` is
``assess_by_hand.sql`` in a process of its own.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from assess import measured, peak_megabytes
from assess_snapshot import generate, one_of, some, uniform
from rongtong import qualify
from rongtong.definitions.catalogue import Field, catalogue
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.shelf import editions, known, shelf

#: A day on which the editions of before 2026 are in force for new applications, and one for those of 2026.
BEFORE, AFTER = date(2022, 10, 31), date(2026, 10, 31)
#: Of a fact that a rulebook asks for, this share of the firms is known.
KNOWN = 0.8
#: SQL of a value by type, out of a number ``u`` in [0, 1).
VALUES = {
    "money": "(100000 * exp(9.0 * {u}))::DECIMAL(18,2)", "ratio": "(0.9 * {u})::DECIMAL(18,8)",
    "number": "(60 * {u})::DECIMAL(18,4)", "integer": "(300 * {u})::BIGINT", "year": "(2000 + 20 * {u})::SMALLINT",
    "boolean": "{u} < 0.7", "date": "DATE '2000-01-01' + (8000 * {u})::INT",
}  # fmt: skip  # read by rows


def books() -> list[tuple[Rulebook, date]]:
    """Every edition of every rulebook, with a day of application."""
    return [(book, AFTER if book.edition == "2026" else BEFORE) for one in known() for book in editions(one)]


def asked(book: Rulebook, day: date) -> dict[str, Field]:
    """The columns of facts that *book* names, and their fields."""
    text = (shelf() / book.id / f"{book.edition}.yaml").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z][a-z_0-9]+", text))
    found = {}
    for field in catalogue().fields.values():
        if field.id in words and field.kind == "scalar" and field.type not in ("text", "code"):
            years = [f"[{day.year - 1 - back}]" for back in range(4)] if field.per_year else [""]
            found |= {field.id + year: field for year in years}
    return found


def value(field: Field, seed: int) -> str:
    """SQL of the field's value, for :data:`KNOWN` of the rows."""
    told = one_of(" ".join(field.values), seed) if field.type == "level" else VALUES[field.type].format(u=uniform(seed))
    return some(KNOWN, told, seed + 1)


def widen(snapshot: Path) -> None:
    """Give the firms of *snapshot* all that any rulebook asks for and they do not have."""
    file, wide = snapshot / "firms.parquet", snapshot / "wide.parquet"
    columns = {name: field for book, day in books() for name, field in asked(book, day).items()}
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        held = {row[0] for row in connection.execute(f"DESCRIBE FROM '{file}'").fetchall()}
        more = [
            f'{value(one, 200 + 2 * k)} AS "{name}"'
            for k, (name, one) in enumerate(columns.items())
            if name not in held
        ]
        connection.execute(f"COPY (SELECT *, {', '.join(more)} FROM '{file}') TO '{wide}' (FORMAT parquet)")
    wide.replace(file)


def run(snapshot: Path, out: Path) -> None:
    """Assess by each rulebook in turn, and print what each took."""
    print(f"{'rulebook':24} {'edition':8} {'clauses':>7} {'qualified':>10} {'not':>10} {'undeter.':>10} {'seconds':>8}")
    start = time.perf_counter()
    for book, day in books():
        began = time.perf_counter()
        found = qualify.assess(Snapshot(snapshot), book.id, edition=book.edition, as_of=day, out=out, clauses=False)
        counts = [found.manifest["counts"].get(name, 0) for name in ("qualified", "not_qualified", "undetermined")]
        told = " ".join(f"{n:>10,}" for n in counts)
        clauses = len(found.program.clauses) + len(found.program.indicators)
        print(f"{book.id:24} {book.edition:8} {clauses:>7} {told} {time.perf_counter() - began:>8.2f}", flush=True)
    print(f"{'all':24} {'':8} {'':7} {'':32} {time.perf_counter() - start:>8.2f}   peak {peak_megabytes()} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000)
    firms = parser.parse_args().firms
    with tempfile.TemporaryDirectory(prefix="assess-") as work:
        snapshot = generate(Path(work) / "snapshot", firms)
        widen(snapshot)
        run(snapshot, Path(work))
        seconds, megabytes = measured("by hand", snapshot)
        print(f"{'cn/srdi-sme by hand':24} {'2022':8} {'':7} {'':32} {seconds:>8.2f}   peak {megabytes} MB")


if __name__ == "__main__":
    main()
