"""``rongtong check``: what is wrong with a deployment, and the mend."""

from __future__ import annotations

from dataclasses import asdict

from rongtong.cli import output
from rongtong.cli.options import AsJson, Home, home_of
from rongtong.i18n import _
from rongtong.portal import hosting


def run(home: Home = None, as_json: AsJson = False) -> int:
    """Check everything; 1 when something is wrong."""
    hosting.settle_in(home_of(home))
    from rongtong.portal.hosting import checking  # noqa: PLC0415 -- Django must be loaded first

    found = list(checking.findings())
    if as_json:
        output.document({"holds": all(one.well for one in found), "checks": [asdict(one) for one in found]})
    else:
        rows = (["✓" if one.well else "✗", one.what, one.wrong, one.mend] for one in found)
        output.show(output.table(["", _("检查"), _("问题"), _("怎么改")], rows))
    return 0 if all(one.well for one in found) else 1
