"""``rongtong what-if``: bounds of a rulebook changed and tried on every firm; who is one step short."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any

import pyarrow as pa
import typer

from rongtong.cli import output, tables
from rongtong.cli.opening import Said, snapshot
from rongtong.cli.options import AsJson, AsOf, Date, Edition, Home, Out, Purpose, Rulebook, Source, Year
from rongtong.cli.progress import progress
from rongtong.definitions import expression_tree as tree
from rongtong.errors import InputError
from rongtong.i18n import _, mark
from rongtong.qualify.assess import made_of, program_of
from rongtong.qualify.bounds import Bound, bounds
from rongtong.qualify.output import WORDS
from rongtong.qualify.rulebook import Rulebook as RulebookFile
from rongtong.qualify.short import Short, Step, short
from rongtong.qualify.what_if import Answer, Pair, WhatIf
from rongtong.report import figures, labels
from rongtong.report.clauses import Clauses
from rongtong.report.workbook import verdict

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="BOUND=VALUE", help=mark("改一个界限，如 condition.2.amount=80万元；可写多次")),
]
OneStep = Annotated[bool, typer.Option("--short", help=mark("另列只差一步的企业，以及差哪一步"))]
FORMATS = (".json", ".parquet", ".csv")


def run(
    source: Source = None,
    rulebook: Rulebook = "cn/srdi-sme",
    sets: Set = None,
    one_step: OneStep = False,
    edition: Edition = None,
    purpose: Purpose = "new",
    as_of: AsOf = None,
    out: Out = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Try changed bounds on every firm."""
    tables.destination(out, FORMATS, source)
    written = dict(map(pair, sets or ()))
    with progress() as step:
        opened = snapshot(source, home, step, said=Said(date=date, year=year))
        program = program_of(opened.snapshot, rulebook, edition=edition, purpose=purpose, as_of=as_of)
        answer = (asking := WhatIf(opened.snapshot, program)).ask(written)
        near = short(asking, answer.book) if one_step else None
    manifest = made_of(opened.snapshot, program, purpose) | {"kind": "what-if", "changed": answer.book.sha256}
    document = {"manifest": manifest, "bounds": listed(program.book, written), **as_dict(answer, near)}
    if out:
        tables.write(out, answer.moved if near is None else table(near), document)
    if as_json:
        output.document(document)
    else:
        show(answer, () if written else bounds(program.book).values(), near)


def pair(text: str) -> tuple[str, str]:
    """``BOUND=VALUE``."""
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(
            _("不是“界限=值”：{text}", text=text), place="--set", mend=_("例如 --set condition.2.amount=80万元")
        )
    return name.strip(), value.strip()


def listed(book: RulebookFile, written: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every bound: its value and unit as the rulebook has them, and what it was set to."""
    return [
        {"bound": one.name, "clause": one.clause, "value": one.value.value, "unit": one.value.unit,
         "set": written.get(one.name)}
        for one in bounds(book).values()
    ]  # fmt: skip


def as_dict(answer: Answer, near: Iterable[Short] | None) -> dict[str, Any]:
    """The machine form of the counts, the firms whose verdict would be another, and those one step short."""
    return {
        "before": answer.before, "after": answer.after,
        "by_title": groups("title", answer.by_title), "by_district": groups("district", answer.by_district),
        "firms": answer.moved.drop_columns(["n", "district"]).to_pylist(), "short": steps(near),
    }  # fmt: skip


def groups(name: str, pairs: Mapping[str | None, Pair]) -> list[dict[str, Any]]:
    """Firms by verdict in each group, before and after."""
    return [{name: group, "before": before, "after": after} for group, (before, after) in pairs.items()]


def steps(near: Iterable[Short] | None) -> list[dict[str, Any]] | None:
    """The firms that are one step short, each with the steps of which any one would do."""
    if near is None:
        return None
    return [
        {"firm": one.firm, "uscc": one.uscc, "name": one.name, "steps": [vars(step) for step in one.steps]}
        for one in near
    ]


def table(near: Iterable[Short]) -> pa.Table:
    """A row a firm and step."""
    steps = ((one, each) for one in near for each in one.steps)
    lines = [(one.firm, one.uscc, one.name, each.kind, each.id, each.margin, each.to) for one, each in steps]
    names = ("firm", "uscc", "name", "kind", "step", "margin", "to")
    types = (*[pa.string()] * 5, pa.float64(), pa.string())
    columns = list(zip(*lines, strict=True)) or [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=list(names))


def show(answer: Answer, known: Collection[Bound], near: list[Short] | None) -> None:
    """Counts before and after, with the bounds that are *known* where none was changed."""
    if known:
        lines = ([one.name, _told(one)] for one in known)
        output.show(output.table([_("界限"), _("现值")], lines))
    output.show(counts(_("全部"), {_("企业"): (answer.before, answer.after)}))
    for head, none, pairs in (
        (_("现有称号"), _("无"), answer.by_title),
        (_("区市"), _("未知"), answer.by_district),
    ):
        if set(pairs) - {None}:
            output.show(counts(head, {name or none: one for name, one in pairs.items()}))
    output.show(_("结论改变的企业：{firms} 家", firms=f"{answer.moved.num_rows:,}"))
    if near is not None:
        show_short(near, answer.book)


def show_short(near: list[Short], book: RulebookFile) -> None:
    """What firms are one step short of: those that a step would bring there, then those that none would."""
    can, cannot = ([one for one in near if one.fixed is fixed] for fixed in (False, True))
    output.show(nearest(_("只差一步：{firms} 家，差在", firms=f"{len(can):,}"), can, book))
    if cannot:
        output.show(nearest(_("只差一条、但改一处解决不了：{firms} 家", firms=f"{len(cannot):,}"), cannot, book))


def _told(one: Bound) -> str:
    return figures.quantity(one.value.value, one.value.unit, share=tree.is_share(one.atom.left))


def counts(head: str, pairs: Mapping[str, Pair]) -> Any:
    """Firms by verdict, before → after."""
    lines = (
        [name, *(f"{before[word]:,} → {after[word]:,}" for word in WORDS)] for name, (before, after) in pairs.items()
    )
    return output.table([head, *(str(verdict(word).value) for word in WORDS)], lines)


def nearest(head: str, near: list[Short], book: RulebookFile) -> Any:
    """How many firms are short of what."""
    found: dict[Step, int] = {}
    for each in (Step(step.kind, step.id) for one in near for step in one.steps):
        found[each] = found.get(each, 0) + 1
    ranked = sorted(found.items(), key=lambda item: -item[1])
    clauses = Clauses(book)
    return output.table([head, _("企业数")], ([called(one, clauses), f"{n:,}"] for one, n in ranked))


def called(step: Step, clauses: Clauses) -> str:
    """A step by its label, a clause by its id and title."""
    return clauses.cited(step.id) if step.kind == "clause" else labels.of_slot(step.id)
