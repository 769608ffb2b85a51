"""``rongtong sample``: the mirrored alliance, generated from a seed, with the messy workbooks it would send in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rongtong import sample
from rongtong.cli import output
from rongtong.cli.options import AsJson, Firms, Seed
from rongtong.cli.progress import progress
from rongtong.i18n import _, mark

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=mark("写入的文件夹"))]


def run(folder: Folder, seed: Seed = 2022, firms: Firms = None, as_json: AsJson = False) -> None:
    """Generate the sample alliance."""
    with progress() as step:
        step(_("生成样例联盟"), 0.0)
        made = sample.generate(folder, seed=seed, firms=firms)
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    if as_json:
        output.document({"folder": folder, "seed": seed, "firms": made.firms.num_rows, "files": files})
    else:
        output.show(_("样例联盟在 {folder}：", folder=folder), *(f"  {file}" for file in files))
