"""``rongtong diff``: two editions, files or results compared in firms."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from rongtong import facts, qualify
from rongtong.cli import output, tables
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, AsOf, Date, Home, Out, Purpose, Source, Year
from rongtong.cli.progress import progress
from rongtong.definitions.editions import NoEditionError
from rongtong.errors import InputError
from rongtong.i18n import _, joined, mark
from rongtong.qualify.difference import WAYS, Differing, difference
from rongtong.qualify.shelf import editions
from rongtong.report.clauses import Clauses, way
from rongtong.report.workbook import verdict

SIDE = mark("规则编号（可写版本，如 cn/srdi-sme@2022）、规则文件，或 rongtong assess 的结果文件夹")
Old = Annotated[str, typer.Argument(metavar="OLD", help=SIDE)]
New = Annotated[str, typer.Argument(metavar="NEW", help=SIDE)]
FORMATS = (".json", ".parquet", ".csv")
SHOWN = 20


def run(
    old: Old,
    new: New,
    source: Source = None,
    purpose: Purpose = "new",
    as_of: AsOf = None,
    out: Out = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Compare two rulebooks or results in firms."""
    tables.destination(out, FORMATS, source)
    with progress() as step:
        given = next((one for one in (old, new) if Path(one).is_dir()), None)
        of = of_result(Path(given)) if given else snapshot(source, home, step, said=Said(date=date, year=year)).snapshot
        sides = [side(of, text, purpose, as_of) for text in (old, new)]
        found = list(difference(*sides))
    document = {
        "old": sides[0].manifest, "new": sides[1].manifest, "counts": counts(found),
        "firms": [asdict(one) | {"way": one.way} for one in found],
    }  # fmt: skip
    if out:
        tables.write(out, table(found), document)
    if as_json:
        output.document(document)
    else:
        show(sides, found)


def of_result(folder: Path) -> facts.Snapshot:
    """The snapshot that a result was made of."""
    return facts.Snapshot(folder.resolve().parent.parent / "snapshots" / str(qualify.manifest_of(folder)["snapshot"]))


def side(of: facts.Snapshot, text: str, purpose: str, as_of: str | None) -> qualify.Assessment:
    """One side: a result as it is, else every firm judged by a rulebook, for this comparison alone."""
    if Path(text).is_dir():
        return qualify.reopen(Path(text), of)
    is_file = Path(text).is_file()
    rulebook, _at, edition = (text, "", "") if is_file else text.partition("@")
    try:
        return qualify.assess(of, rulebook, edition=edition or None, purpose=purpose, as_of=as_of)
    except NoEditionError as error:
        if edition:
            raise
        names = joined(text if is_file else f"{rulebook}@{one.edition}" for one in editions(rulebook))
        mend = _("请用 --as-of 写适用期内的日期") if is_file else _("请写明版本：{names}", names=names)
        raise InputError(error.what, place=text, mend=mend) from error


def counts(found: list[Differing]) -> dict[str, int]:
    """How many enter, drop out, are undetermined where they qualified, or differ otherwise."""
    ways = Counter(one.way for one in found)
    return {one: ways[one] for one in WAYS}


def table(found: list[Differing]) -> pa.Table:
    """A row a firm; its clauses joined by a space."""
    lines = [asdict(one) | {"way": one.way, "old": " ".join(one.old), "new": " ".join(one.new)} for one in found]
    names = ("firm", "uscc", "name", "way", "before", "after", "old", "new")
    return pa.Table.from_pylist(lines, schema=pa.schema([(name, pa.string()) for name in names]))


def show(sides: list[qualify.Assessment], found: list[Differing]) -> None:
    """Who enters and drops out, by clause, then the first firms."""
    for one in sides:
        output.show(_("{rulebook}（{edition} 版）", rulebook=one.manifest["rulebook"], edition=one.manifest["edition"]))
    ways = ([way(one).value, f"{n:,}"] for one, n in counts(found).items())
    output.show(output.table([_("差别"), _("企业数")], ways))
    clauses = [Clauses(one.program.book) for one in sides]
    heads = [_("企业名称"), _("差别"), _("原来"), _("现在"), _("原来没满足的"), _("现在没满足的")]
    output.show(output.table(heads, (line(one, *clauses) for one in found[:SHOWN])))
    if len(found) > SHOWN:
        output.show(_("另有 {firms} 家：加 --json 或 --out", firms=f"{len(found) - SHOWN:,}"))


def line(one: Differing, old: Clauses, new: Clauses) -> list[Any]:
    """A firm, as a row."""
    answers = (verdict(word).value for word in (one.before, one.after))
    unmet = ("\n".join(map(side.cited, names)) for side, names in ((old, one.old), (new, one.new)))
    return [one.name or one.firm, way(one.way).value, *answers, *unmet]
