"""``rongtong demo``: the whole thread on the sample alliance, from its messy workbooks to an Excel file of verdicts."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rongtong import facts, qualify, report, sample
from rongtong.cli import demo_portal, demo_summary, output
from rongtong.cli.options import AsJson, Firms, Seed
from rongtong.cli.progress import Report, progress
from rongtong.errors import InputError
from rongtong.i18n import _, joined, mark
from rongtong.qualify.shelf import JUDGED

WORKBOOK = "verdicts.xlsx"
AS_OF = "2022-10-25"
#: How programs name what they keep beside a workbook that somebody looks at, and a desktop its view of a folder.
OPEN_ELSEWHERE = (".~lock.", "~$", ".DS_Store", "Thumbs.db")
#: Says that a folder was made by a demonstration, which alone may replace it.
MARK = ".rongtong-demo"

Out = Annotated[Path, typer.Option("--out", help=mark("写入的文件夹；其中上一次演示的内容会被替换"))]
Serve = Annotated[bool, typer.Option("--serve", help=mark("做完后打开平台"))]


def run(
    out: Out = Path("demo"), seed: Seed = 2022, firms: Firms = None, serve: Serve = False, as_json: AsJson = False
) -> None:
    """Run the whole thread and end with a summary."""
    with progress() as step:
        prepare(out)
        step(_("生成样例联盟"), 0.0)
        made = sample.generate(out / "sample", seed=seed, firms=firms)
        alliance = facts.Alliance.open(out / "home", create=True)
        cells = import_all(alliance, made, step)
        snapshot = alliance.settle(progress=step)
        assessments = {rulebook: assess(rulebook, snapshot, out, step) for rulebook in JUDGED}
        step(_("写入 {file}", file=WORKBOOK), 0.9)
        report.verdicts(assessments[JUDGED[0]], out / WORKBOOK)
        summary = demo_summary.of(made, snapshot, assessments, cells)
        people = demo_portal.prepare(out / "home", AS_OF, made.members, step) if serve else []
    if as_json:
        output.document({"out": out, **summary, **(demo_portal.served(out / "home", people) if serve else {})})
        return
    demo_summary.show(summary, out)
    if serve:
        demo_portal.serve(out / "home", people)
    else:
        demo_summary.go_on(out, AS_OF, made.path / made.imports[0]["file"])


def prepare(out: Path) -> None:
    """Make room for the demonstration; a folder that holds anything else is left alone."""
    made = {"sample", "home", WORKBOOK, MARK}
    found = {path.name for path in out.iterdir() if not path.name.startswith(OPEN_ELSEWHERE)} if out.is_dir() else set()
    strangers = sorted(found - made) or (sorted(found) if MARK not in found else [])
    if strangers:
        what = _("文件夹里有别的内容：{names}", names=joined(strangers[:3]))
        raise InputError(what, place=str(out), mend=_("请用 --out 另给一个空文件夹"))
    for name in ("sample", "home"):
        shutil.rmtree(out / name, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()


def import_all(alliance: facts.Alliance, made: sample.Sample, step: Report) -> Counter[str]:
    """Import every workbook of the sample as it asks for; the counts of cells together."""
    cells: Counter[str] = Counter(workbooks=len(made.imports))
    for number, one in enumerate(made.imports):
        path = made.path / one["file"]
        step(_("导入 {file}", file=path.name), number / len(made.imports))
        result = alliance.import_file(
            path,
            source=one["source"],
            date=one["reference_date"],
            year=one["year"],
            complete=tuple(one["complete"]),
            number=one["number"],
            by=_("演示"),
        )
        cells.update(result.counts)
    return cells


def assess(rulebook: str, snapshot: facts.Snapshot, out: Path, step: Report) -> qualify.Assessment:
    """Assess every firm by *rulebook*."""
    step(_("按规则 {rulebook} 预审", rulebook=rulebook), 0.7)
    return qualify.assess(snapshot, rulebook, as_of=AS_OF, out=out / "home" / "results")
