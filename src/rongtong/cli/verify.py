"""``rongtong verify``: recompute a result, and say whether it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rongtong import qualify
from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _, mark

HELP = mark("核对一份结果：由快照和规则重算；--deep 再从原始文件和日志重读")
DOES_NOT_HOLD = 1

Result = Annotated[Path, typer.Argument(metavar="RESULT", help=mark("结果文件（.json）或结果文件夹"))]
Deep = Annotated[bool, typer.Option("--deep", help=mark("连同原始文件、分块和日志一起重读"))]


def run(result: Result, deep: Deep = False, home: Home = None, as_json: AsJson = False) -> int:
    """Verify a result; the exit code is 1 when it does not hold."""
    with progress() as step:
        step(_("核对 {file}", file=result.name), 0.0)
        answer = qualify.verify(result, alliance(home_beside(result, home)), deep=deep)
    if as_json:
        output.document(as_dict(answer))
    else:
        show(answer)
    return 0 if answer.holds else DOES_NOT_HOLD


def home_beside(result: Path, given: Path | None) -> Path:
    """The alliance folder of a result: the one given, the one it lies in, the one beside it, else the usual one."""
    inside = next((folder.parent for folder in result.resolve().parents if folder.name == "results"), None)
    beside = result.with_suffix(".rongtong")
    return given or inside or (beside if beside.is_dir() else home_of(None))


def as_dict(answer: qualify.Verification) -> dict[str, Any]:
    """The machine form of a verification."""
    return {"holds": answer.holds, "first_difference": answer.first_difference, "checks": list(answer.checks)}


def show(answer: qualify.Verification) -> None:
    """Tell a person whether the result holds."""
    output.show(*(f"· {check}" for check in answer.checks))
    if answer.holds:
        output.show(_("✓ 结果成立：重算与原结果一致。"))
    else:
        output.show(_("✗ 结果不成立。第一处不同：{difference}", difference=answer.first_difference))
