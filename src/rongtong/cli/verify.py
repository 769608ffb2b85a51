"""``rongtong verify``: recompute a result, and say whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import facts, qualify, report
from rongtong.cli import output, verify_match
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.definitions.catalogue import catalogue
from rongtong.definitions.editions import choose
from rongtong.errors import InputError
from rongtong.i18n import _, joined, mark
from rongtong.qualify.shelf import editions

DOES_NOT_HOLD = 1

Result = Annotated[
    Path, typer.Argument(metavar="RESULT", help=mark("结果文件（.xlsx、.json）或结果文件夹"), exists=True)
]
Deep = Annotated[bool, typer.Option("--deep", help=mark("连同原始文件、分块和台账一起重读"))]


def run(result: Result, deep: Deep = False, home: Home = None, as_json: AsJson = False) -> int:
    """Verify a result; the exit code is 1 when it does not hold."""
    checks: list[facts.Check] = []
    with progress() as step:
        for check in check_all(result, home, deep=deep):
            step(_("核对 {file}", file=check.what), 0.0)
            checks.append(check)
    if as_json:
        output.document(as_dict(checks))
    else:
        show(checks)
    return 0 if all(check.holds for check in checks) else DOES_NOT_HOLD


def check_all(result: Path, given: Path | None, *, deep: bool) -> Iterator[facts.Check]:
    """Every check of a result: its snapshot first, then what was computed from it."""
    manifest = stated_in(result)
    if manifest.get("kind", "matching" if "rulebook" not in manifest else "") == "matching":
        yield from verify_match.check_all(result, given, manifest, deep=deep)
        return
    home = home_beside(result, given, str(manifest.get("snapshot")))
    opened, snapshot = alliance(home), snapshot_of(manifest, home)
    yield from other_definitions(manifest)
    yield from facts.verify(opened, snapshot, deep=deep)
    folder = result if result.is_dir() else home / "results" / str(manifest.get("id"))
    if folder.is_dir():
        yield from as_checks(qualify.verify(folder, snapshot))
    if result.is_file():
        yield from as_checks(of_a_file(result, snapshot))


def other_definitions(manifest: Mapping[str, Any]) -> Iterator[facts.Check]:
    """Said first of a result that other definitions than this version's made: whatever differs follows from that."""
    stated, known = manifest.get("catalogue"), {_("字段目录"): ("catalogue", catalogue().sha256)}
    with suppress(InputError):  # a rulebook of somebody's own is no edition of ours
        book = choose(
            editions(str(manifest.get("rulebook"))), edition=str(manifest.get("edition")),
            purpose=str(manifest.get("purpose")), as_of=date.fromisoformat(str(manifest.get("as_of"))),
        )  # fmt: skip
        known[_("规则")] = ("definition", book.sha256)
    others = [what for what, (name, here) in known.items() if stated and manifest.get(name) != here]
    if others:
        told = _("不是按这个程序里的那一版做的，多半较早；请用当时的程序（融通 {software}）核对",
                 software=manifest.get("software"))  # fmt: skip
        yield facts.Check(joined(others), False, told)


def is_workbook(result: Path) -> bool:
    """Whether a result is a workbook of verdicts rather than a document or a folder."""
    return result.suffix.lower() == ".xlsx" and result.is_file()


def stated_in(result: Path) -> Mapping[str, Any]:
    """What a result says it was made of. Raises InputError when it is none."""
    if result.is_dir():
        return manifest_of(result)
    if is_workbook(result):
        return report.read_back.basis(result)
    manifest: Mapping[str, Any] = qualify.load_document(result)["manifest"]
    return manifest


def manifest_of(result: Path) -> Mapping[str, Any]:
    """What a result folder says it was made of, whichever verb made it. Raises InputError when it is none."""
    with suppress(InputError):
        return qualify.manifest_of(result, kind="matching")
    return qualify.manifest_of(result)


def of_a_file(result: Path, snapshot: facts.Snapshot) -> qualify.Verification:
    """Whether a file says what is found when everything is computed again."""
    if not is_workbook(result):
        return qualify.verify_document(qualify.load_document(result), snapshot, plain=output.plain)
    with qualify.again(report.read_back.basis(result), snapshot) as assessment:
        difference = report.read_back.first_difference(result, partial(report.verdicts, assessment))
    return qualify.Verification(not difference, difference, () if difference else (_("工作簿逐格重算一致"),))


def snapshot_of(manifest: Mapping[str, Any], home: Path) -> facts.Snapshot:
    """The snapshot that a result names. Raises InputError when the folder does not have it."""
    name = str(manifest.get("snapshot"))
    path = home / "snapshots" / name
    if not name.isalnum() or not path.is_dir():
        raise InputError(
            _("没有结果所依据的快照 {id}", id=name), place=str(home), mend=_("请用 --home 指明当时的联盟数据文件夹")
        )
    return facts.Snapshot(path)


def as_checks(answer: qualify.Verification) -> Iterator[facts.Check]:
    """A verification as checks: what agreed, and the first difference."""
    for check in answer.checks:
        yield facts.Check(check, True)
    if not answer.holds:
        yield facts.Check(_("重算"), False, answer.first_difference)


def home_beside(result: Path, given: Path | None, snapshot: str) -> Path:
    """The alliance folder of a result: the one given, the one it lies in, one beside it that has it, else the usual."""
    inside = next((folder.parent for folder in result.resolve().parents if folder.name == "results"), None)
    beside = sorted(result.parent.glob(f"*/snapshots/{snapshot}")) if snapshot.isalnum() else []
    having = next((folder.parents[1] for folder in beside), None)
    return given or inside or having or home_of(None)


def first_difference(checks: list[facts.Check]) -> str | None:
    """The first check that does not hold, in words; None when all hold."""
    failed = next((check for check in checks if not check.holds), None)
    return f"{failed.what}：{failed.difference}" if failed else None


def as_dict(checks: list[facts.Check]) -> dict[str, Any]:
    """The machine form of a verification."""
    difference = first_difference(checks)
    return {
        "holds": difference is None,
        "first_difference": difference,
        "checks": [check.what for check in checks if check.holds],
    }


def show(checks: list[facts.Check]) -> None:
    """Tell a person whether the result holds."""
    output.show(*(f"{'✓' if check.holds else '✗'} {check.what} {check.difference}" for check in checks))
    if difference := first_difference(checks):
        output.show(_("✗ 结果不成立。第一处不同：{difference}", difference=difference))
    else:
        output.show(_("✓ 结果成立：重算与原结果一致。"))
