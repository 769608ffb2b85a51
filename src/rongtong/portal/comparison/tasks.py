"""Comparing in the background."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from rongtong import lists
from rongtong.i18n import _
from rongtong.portal.comparison.filling import additions
from rongtong.portal.comparison.models import Comparison
from rongtong.portal.imports.readings import place
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.registry import current

MATCHES = "matches.parquet"


@kind("compare")
def compare(*, job: Job, progress: Progress, comparison: int) -> dict[str, Any]:
    """Compare a list with the current snapshot and write the filled workbook."""
    del job
    held = Comparison.objects.select_related("made_by").get(pk=comparison)
    progress(_("读取 {file}", file=held.name), 0.1)
    path = place(held.folder, Path(held.file.path), held.name)
    with tempfile.TemporaryDirectory(prefix="rongtong-") as folder:
        listing = lists.Listing.read(path, Path(folder), **held.columns)
        progress(_("与企业库比对"), 0.3)
        snapshot = current.snapshot()
        decided = {int(row): firm for row, firm in held.decided.items()}
        matches = lists.compare(listing.rows, snapshot, decided=decided)
        progress(_("回填"), 0.7)
        more, among = additions(matches, held.fields, held.made_by), lists.candidates(matches, snapshot)
        listing.give_back(matches, held.filled, more, among=among)
    pq.write_table(matches, held.folder / MATCHES)
    counts = {"rows": matches.num_rows, **Counter(matches["outcome"].to_pylist())}
    Comparison.objects.filter(pk=comparison).update(counts=counts, snapshot=snapshot.id, rights=held.made_by.rights)
    return counts
