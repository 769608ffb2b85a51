"""``rongtong backup`` and ``rongtong restore``: everything that cannot be made again, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rongtong.cli import output
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _, mark
from rongtong.portal import hosting

File = Annotated[Path, typer.Argument(metavar="FILE", help=mark("备份文件，.tar.gz"))]


def run(file: File, home: Home = None, as_json: AsJson = False) -> None:
    """Write the backup."""
    hosting.settle_in(home_of(home))
    from rongtong.portal.hosting import backup  # noqa: PLC0415 -- Django must be loaded first

    with progress() as step:
        about = backup.back_up(file, step)
    told(about, _("已备份到 {file}", file=file), as_json=as_json)


def restore(file: File, home: Home = None, as_json: AsJson = False) -> None:
    """Restore the backup into an empty folder."""
    hosting.settle_in(home_of(home))
    from rongtong.portal.hosting import restoring  # noqa: PLC0415 -- Django must be loaded first

    with progress() as step:
        about = restoring.restore(file, step)
    told(about, _("已从 {file} 恢复，快照编号与备份时一致", file=file), as_json=as_json)


def told(about: dict[str, object], words: str, *, as_json: bool) -> None:
    """What the archive says of itself."""
    if as_json:
        output.document(about)
    else:
        output.show(words, _("快照 {id}", id=about["snapshot"] or "—"))
