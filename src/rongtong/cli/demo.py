"""``rongtong demo``: the whole thread on the sample alliance, from its messy workbooks to an Excel file of verdicts."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import facts, qualify, report, sample
from rongtong.cli import demo_summary, output
from rongtong.cli.options import AsJson, Firms, Seed
from rongtong.cli.progress import Report, progress
from rongtong.errors import InputError
from rongtong.i18n import _, mark

HELP = mark("演示：生成样例联盟，导入各区市的表格，结算，逐户预审，写出 Excel")
RULEBOOKS = {"cn/srdi-sme": "verdicts.xlsx", "cn/innovative-sme": "verdicts-innovative.xlsx"}
AS_OF = "2022-10-25"
MANIFEST = "imports.json"

Out = Annotated[Path, typer.Option("--out", help=mark("写入的文件夹；其中上一次演示的内容会被替换"))]


def run(out: Out = Path("demo"), seed: Seed = 2022, firms: Firms = 8000, as_json: AsJson = False) -> None:
    """Run the whole thread and end with a summary."""
    with progress() as step:
        prepare(out)
        step(_("生成样例联盟（{n} 家企业）", n=f"{firms:,}"))
        sample.generate(out / "sample", seed=seed, firms=firms)
        alliance = facts.Alliance.open(out / "home", create=True)
        cells = import_all(alliance, out / "sample", step)
        snapshot = alliance.settle(progress=step)
        assessments = {rulebook: assess(rulebook, snapshot, out, step) for rulebook in RULEBOOKS}
        summary = demo_summary.of(snapshot, assessments, cells)
    if as_json:
        output.document({"out": out, **summary})
    else:
        demo_summary.show(summary, out)


def prepare(out: Path) -> None:
    """Make room for the demonstration; a folder that holds anything else is left alone."""
    made = {"sample", "home", *RULEBOOKS.values()}
    strangers = sorted({path.name for path in out.iterdir()} - made) if out.is_dir() else []
    if strangers:
        what = _("文件夹里有别的内容：{names}", names="、".join(strangers[:3]))
        raise InputError(what, place=str(out), mend=_("请用 --out 另给一个空文件夹"))
    for name in ("sample", "home"):
        shutil.rmtree(out / name, ignore_errors=True)


def import_all(alliance: facts.Alliance, folder: Path, step: Report) -> Counter[str]:
    """Import every workbook that the sample's manifest lists, as it says; the counts of cells together."""
    cells: Counter[str] = Counter()
    imports: list[dict[str, Any]] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for number, one in enumerate(imports):
        path = folder / one.pop("file")
        step(_("导入 {file}", file=path.name), number, len(imports))
        cells.update(alliance.import_file(path, by=_("演示"), **one).counts)
        cells["workbooks"] += 1
    return cells


def assess(rulebook: str, snapshot: facts.Snapshot, out: Path, step: Report) -> qualify.Assessment:
    """Assess every firm by *rulebook* and write the workbook of its verdicts."""
    step(_("按规则 {rulebook} 预审", rulebook=rulebook))
    assessment = qualify.assess(snapshot, rulebook, as_of=AS_OF, out=out / "home" / "results")
    step(_("写入 {file}", file=RULEBOOKS[rulebook]))
    report.verdicts(assessment, out / RULEBOOKS[rulebook])
    return assessment
