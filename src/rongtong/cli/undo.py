"""``rongtong undo``: take back an entry of the journal by another entry; without a number, list the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from rongtong.cli import output
from rongtong.cli.opening import alliance
from rongtong.cli.options import AsJson, By, Home, author, home_of
from rongtong.i18n import _, mark
from rongtong.report import labels

Number = Annotated[int | None, typer.Argument(metavar="ENTRY", help=mark("台账条目号"))]


def run(entry: Number = None, by: By = None, home: Home = None, as_json: AsJson = False) -> None:
    """Undo an entry, or list the entries there are."""
    opened = alliance(home_of(home))
    if entry is None:
        listed([journal_row(one) for one in opened.journal()], as_json=as_json)
        return
    number, dormant = opened.undo(entry, by=author(by))
    rows = [journal_row(one) for one in dormant]
    if as_json:
        output.document({"entry": number, "undone": entry, "dormant": rows})
        return
    output.show(_("已撤销第 {undone} 条，记为第 {entry} 条。", undone=entry, entry=number))
    if rows:
        output.show(_("以下决定因此不再生效，撤销这次撤销后恢复；是否同一家的决定，同样的企业再导入时也恢复："))
        listed(rows, as_json=False)


def journal_row(entry: Any) -> dict[str, Any]:
    """An entry of the journal as a JSON object."""
    return {"entry": entry.number, "kind": entry.kind, "at": entry.at, "by": entry.by, "body": entry.body}


def listed(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """List entries."""
    if as_json:
        output.document({"entries": rows})
    else:
        heads = [_("条目"), _("种类"), _("时间"), _("经办人"), _("内容")]
        output.show(output.table(heads, ([*list(row.values())[:4], about(row["body"])] for row in rows)))


def about(body: dict[str, Any]) -> str:
    """What an entry is about, in short."""
    decision = body.get("decision")
    if isinstance(decision, dict):
        return "  ".join(said(decision))
    return str(body.get("file") or body.get("entry") or "")


def said(decision: dict[str, Any]) -> Iterator[str]:
    """The parts of a decision, its field and its value as an officer writes them."""
    slot = decision.get("slot", "")
    for key, part in sorted(decision.items(), key=lambda one: one[0] in {"slot", "value", "firm", "apart"}):
        if key == "slot":
            yield labels.of_slot(part)
        elif key == "value":
            yield labels.of_claim(slot, part)
        elif key == "called":
            yield " / ".join(map(called, part))
        elif key == "given":
            yield called(part)
        elif key == "firm":
            yield f"= {called(part['called'])}" if part else ""
        elif key == "apart":
            yield "".join(f" ≠ {called(one['called'])}" for one in part).strip()
        elif key == "taught":
            yield _("已用 {n} 例决定校准", n=part["cases"]) if part else _("未校准")
        elif key not in {"source", "saw"}:  # a hash, and what --json tells
            yield str(part)


def called(side: Sequence[str | None]) -> str:
    """What one side of a decision is called: its name, else its code."""
    code, name = side
    return name or code or "—"
