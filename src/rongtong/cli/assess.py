"""``rongtong assess``: every firm against a rulebook, each verdict with its clauses and cells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rongtong import qualify, report
from rongtong.cli import output, tables
from rongtong.cli.import_ import problems
from rongtong.cli.opening import Opened, Said, snapshot
from rongtong.cli.options import AsJson, AsOf, Date, Edition, Home, Out, Purpose, Rulebook, Source, Year
from rongtong.cli.progress import Report, progress
from rongtong.i18n import _
from rongtong.report import labels

FORMATS = (".xlsx", ".json", ".parquet", ".csv")


def run(
    source: Source = None,
    rulebook: Rulebook = "cn/srdi-sme",
    edition: Edition = None,
    purpose: Purpose = "new",
    as_of: AsOf = None,
    out: Out = None,
    date: Date = None,
    year: Year = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Assess every firm of a workbook or a snapshot."""
    tables.destination(out, FORMATS, source)
    with progress() as step:
        opened = snapshot(source, home, step, beside=out, said=Said(date=date, year=year))
        step(_("按规则 {rulebook} 预审", rulebook=rulebook), 0.5)
        assessment = qualify.assess(
            opened.snapshot, rulebook, edition=edition, purpose=purpose, as_of=as_of, out=opened.home / "results"
        )
        if out:
            save(out, assessment, opened, step)
    if as_json:
        output.document(as_dict(assessment, opened))
    else:
        show(assessment, opened, out)


def as_dict(assessment: qualify.Assessment, opened: Opened) -> dict[str, Any]:
    """The machine form: manifest, one row a firm, the problems of the import."""
    return {
        "manifest": assessment.manifest,
        "firms": iter(assessment.rows()),
        "problems": problems(opened.imported),
    }


def save(out: Path, assessment: qualify.Assessment, opened: Opened, step: Report) -> None:
    """Write the verdicts in the format that the suffix of *out* names."""
    step(_("写入 {file}", file=out.name), 0.9)
    if out.suffix.lower() == ".xlsx":
        report.verdicts(assessment, out)
    else:
        tables.write(out, assessment.table, as_dict(assessment, opened))


def show(assessment: qualify.Assessment, opened: Opened, out: Path | None) -> None:
    """Tell a person how many firms have which verdict, and what is missing most."""
    if opened.imported:
        found = opened.imported.counts["problems"]
        output.show(
            _("导入：单元格 {cells} 个，有问题 {problems} 个。", cells=opened.imported.counts["cells"], problems=found)
        )
    output.show(verdict_table(assessment.counts))
    missing = assessment.most_missing()
    if missing:
        heads = [_("缺得最多的数据"), _("企业数"), _("由谁提供")]
        output.show(output.table(heads, ([labels.of_slot(s), f"{n:,}", labels.settled_by(s)] for s, n in missing)))
    output.show(_("快照 {id}", id=opened.snapshot.id))
    if out:
        output.show(_("已写入 {file}", file=out))
    else:
        output.show(_("逐户结论：加 --json，或 --out verdicts.xlsx；一户的来龙去脉：rongtong explain 企业名称"))


def verdict_table(counts: Mapping[str, int]) -> Any:
    """How many firms have which verdict, as a table."""
    words = {"qualified": _("✓ 符合"), "not_qualified": _("✗ 不符合"), "undetermined": _("? 暂不能判定")}
    return output.table([_("结论"), _("企业数")], ([word, f"{counts.get(key, 0):,}"] for key, word in words.items()))
