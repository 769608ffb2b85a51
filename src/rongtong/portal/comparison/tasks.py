"""Comparing and filling in the background."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq

from rongtong import lists
from rongtong.facts.temporary import whole
from rongtong.i18n import _
from rongtong.portal.comparison import filling, queries
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.registry import current


@kind("compare")
def compare(*, job: Job, progress: Progress, comparison: int) -> dict[str, Any]:
    """Compare a list with the current snapshot and write the filled workbook."""
    del job
    held = Comparison.objects.select_related("made_by").get(pk=comparison)
    progress(_("读取 {file}", file=held.name), 0.05)
    with filling.listing(held) as listing:
        rows = listing.rows

        def step(share: float) -> None:
            progress(_("与企业库比对，名单 {n} 行", n=f"{rows.num_rows:,}"), 0.1 + 0.6 * share)

        step(0.0)
        snapshot = current.snapshot()
        with whole(held.folder / queries.MATCHES) as draft:
            pq.write_table(lists.compare(rows, snapshot, step=step), draft)
        Comparison.objects.filter(pk=comparison).update(snapshot=snapshot.id)
        return filling.give_back(held, listing, progress)


@kind("fill")
def fill(*, job: Job, progress: Progress, comparison: int) -> dict[str, Any]:
    """Fill a list that was compared again, as people answered since."""
    del job
    return filling.give_back(Comparison.objects.select_related("made_by").get(pk=comparison), progress=progress)
