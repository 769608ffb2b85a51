"""``rongtong project``: the portal's projections rebuilt from nothing, and proved to be the same."""

from __future__ import annotations

from rongtong.cli import output
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.cli.progress import progress
from rongtong.i18n import _
from rongtong.portal import hosting


def run(home: Home = None, as_json: AsJson = False) -> int:
    """Rebuild; 1 when what was there before was not the same. Where nothing was, nothing was wrong."""
    hosting.settle_in(home_of(home))
    from rongtong.portal.hosting import preparing  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry import projections, tasks  # noqa: PLC0415 -- Django must be loaded first

    preparing.make_tables()
    first, before = not projections.made(), projections.digest()
    with progress() as step:
        made = tasks.refresh(step)
    same = first or before == projections.digest()
    if as_json:
        output.document({**made, "holds": same})
    else:
        told = _("与原来一致") if same else _("与原来不一致，已按快照重建")
        output.show(_("快照 {id}", id=made["snapshot"]), _("原来没有，已按快照建立") if first else told)
    return 0 if same else 1
