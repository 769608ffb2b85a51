"""``rongtong duplicates``: firms that stand twice in the registry, each pair with reasons and the command (查重)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import facts, lists, report
from rongtong.cli import output, tables
from rongtong.cli.opening import Opened, Said, snapshot
from rongtong.cli.options import AsJson, Date, Home, Out, Source, Year
from rongtong.cli.progress import progress
from rongtong.cli.questions import decisions
from rongtong.cli.shares import share
from rongtong.facts.settling.pairs import told_apart
from rongtong.i18n import _, joined, mark
from rongtong.report.duplicates import percent

FORMATS = (".xlsx", ".json", ".parquet", ".csv")
SHOWN = 20

Least = Annotated[str | None, typer.Option("--least", help=mark("可能性至少多少才列出，如 50%"))]


def run(
    source: Source = None,
    least: Least = None,
    out: Out = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find the firms that stand twice."""
    wanted = share("--least", least, least=0.01)
    tables.destination(out, FORMATS, source)
    with progress() as step:
        opened = snapshot(source, home, step, beside=out, said=Said(date=date, year=year))
        step(_("全部企业两两比对"), 0.3)
        found = lists.duplicates(opened.snapshot, apart=apart(opened), least=lists.LEAST if wanted is None else wanted)
        if out:
            step(_("写入 {file}", file=out.name), 0.9)
            save(out, found, opened)
    if as_json:
        output.document(as_dict(found, opened))
    else:
        show(found, out)


def apart(opened: Opened) -> set[tuple[int, int]]:
    """The pairs that people said are two firms, as the journal of the snapshot's folder has it now."""
    if not (opened.home / "journal").is_dir():  # a snapshot that was carried elsewhere by itself
        return set()
    return told_apart(facts.Alliance.open(opened.home).state(), opened.snapshot)


def as_dict(found: lists.Duplicates, opened: Opened) -> dict[str, Any]:
    """The machine form: the counts, and each pair with the two commands of which one decides it."""
    return {
        "snapshot": opened.snapshot.id, "firms": found.firms, "decided": found.decided, "pairs": pairs(found),
    }  # fmt: skip


def pairs(found: lists.Duplicates) -> Iterator[dict[str, Any]]:
    """Each pair: both firms, how likely they are one, why, and the commands."""
    for one in found.pairs.to_pylist():
        sides = {side: {key: one[f"{side}_{key}"] for key in ("firm", "uscc", "name")} for side in ("left", "right")}
        yield {**sides, "likely": one["likely"], "reasons": one["reasons"], "decide": decisions(one)}


def save(out: Path, found: lists.Duplicates, opened: Opened) -> None:
    """Write the pairs in the format that the suffix of *out* names."""
    if out.suffix.lower() == ".xlsx":
        report.duplicates(pairs(found), out)
    else:
        tables.write(out, found.pairs, as_dict(found, opened))


def show(found: lists.Duplicates, out: Path | None) -> None:
    """Tell a person how many pairs there are, and the likeliest."""
    number = found.pairs.num_rows
    output.show(_("企业 {firms} 家，可能重复的 {n} 对。", firms=f"{found.firms:,}", n=f"{number:,}"))
    if found.decided:
        output.show(_("已判定不是同一家的 {n} 对不再列出。", n=f"{found.decided:,}"))
    if number:
        heads = [_("可能性"), _("企业"), _("另一家"), _("理由"), _("是同一家就照抄")]
        shown = found._replace(pairs=found.pairs.slice(0, SHOWN))
        output.show(output.table(heads, map(line, pairs(shown))))
        output.show(_("不是同一家的，把命令中的 same 改为 different；判定过的不再列出。"))
    if out:
        output.show(_("已写入 {file}", file=out))
    elif number > SHOWN:
        output.show(_("只列出前 {n} 对；全部：加 --json，或 --out 查重.xlsx", n=SHOWN))


def line(pair: dict[str, Any]) -> list[str]:
    """A pair as a line for a person."""
    names = (f"{pair[side]['name'] or '—'}\n{pair[side]['uscc'] or '—'}" for side in ("left", "right"))
    return [percent(pair["likely"]), *names, joined(pair["reasons"]), pair["decide"]["same"]]
