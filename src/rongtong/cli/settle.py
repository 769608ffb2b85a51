"""``rongtong settle``: from claims to one value a fact, as a snapshot that never changes."""

from __future__ import annotations

from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _
from rongtong.report import labels


def run(home: Home = None, as_json: AsJson = False) -> None:
    """Settle the alliance folder and name the snapshot."""
    with progress() as report:
        snapshot = alliance(home_of(home)).settle(progress=report)
    if as_json:
        output.document({"snapshot": snapshot.id, "path": snapshot.path, "manifest": snapshot.manifest})
        return
    output.show(_("快照 {id}", id=snapshot.id), _("位置 {path}", path=snapshot.path))
    counts = snapshot.manifest.get("counts", {})
    output.show(output.table([_("内容"), _("数量")], ([label(name), f"{n:,}"] for name, n in counts.items())))


def label(table: str) -> str:
    """What a table of the snapshot holds, in words."""
    words = {
        "firms": _("企业"),
        "mentions": _("记录"),
        "claims": _("有多个说法的事实"),
        "conflicts": _("疑点"),
        "questions": _("待人判断是否同一家"),
        "readings": _("更正过的读法"),
        "likelihoods": _("名称相近的可能性（档）"),
    }
    return words.get(table) or labels.of_slot(table.removeprefix("list_"))
