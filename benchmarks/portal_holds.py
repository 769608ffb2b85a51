"""Do journal, trail, projections and jobs of a portal agree? Prints what does not, as JSON.

python benchmarks/portal_holds.py HOME
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rongtong import facts
from rongtong.portal import hosting


def journal() -> Iterator[str]:
    """The chain holds, and every import's source and part are whole."""
    from crash import broken  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.current import alliance  # noqa: PLC0415 -- Django must be loaded first

    for entry in alliance().log.verify():
        if entry.kind == "import" and (what := broken(alliance(), entry.body)):
            yield f"entry {entry.number}: {what}"


def trail() -> Iterator[str]:
    """The chain holds; every upload and every entry it made stands in the trail, once, and nothing else does."""
    from rongtong.portal.audit.models import Trail  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.audit.queries import first_break  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.imports.models import Upload  # noqa: PLC0415 -- Django must be loaded first

    if broken := first_break():
        yield f"the trail breaks at {broken}"
    told = list(Trail.objects.values_list("act", "subject", "detail"))
    for held in Upload.objects.all():
        own = [(act, detail) for act, subject, detail in told if subject == f"imports.upload:{held.pk}"]
        counts = {
            name: sum(act == f"imports.{name}" for act, _detail in own) for name in ("upload", "imported", "undo")
        }
        due = {"imported": held.state in ("imported", "undone"), "undo": held.state == "undone"}
        if counts != {"upload": 1, **due}:
            yield f"upload {held.pk} is {held.state} and the trail says {counts}"
        if held.entry and ("imports.imported", {"entry": held.entry}) not in own:
            yield f"the trail does not name entry {held.entry}"
    if sum(act == "imports.upload" for act, _subject, _detail in told) != Upload.objects.count():
        yield "the trail names an upload that is not there"


def uploads() -> Iterator[str]:
    """What uploads say is in force is what the journal says, beyond the first entry, which made the portal's start."""
    from rongtong.portal.imports.models import Upload  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.current import alliance  # noqa: PLC0415 -- Django must be loaded first

    entries = {one.entry for one in alliance().state().imports} - {1}
    claimed = set(Upload.objects.filter(state="imported").values_list("entry", flat=True))
    if entries != claimed:
        yield f"in force by the journal {sorted(entries)}, by the uploads {sorted(claimed)}"


def jobs() -> Iterator[str]:
    """Every job has ended well, and an import's names the entry that its upload names."""
    from rongtong.portal.imports.models import Upload  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.jobs.models import Job  # noqa: PLC0415 -- Django must be loaded first

    yield from (f"job {one.pk} ({one.kind}) is {one.state}" for one in Job.objects.exclude(state="done"))
    for held in Upload.objects.filter(state="imported").select_related("job"):
        if held.job is None or (held.job.result or {}).get("entry") != held.entry:
            yield f"upload {held.pk} is of entry {held.entry}, its job's result is not"


def projections() -> Iterator[str]:
    """Pages show the head of the journal, a snapshot that holds to the bottom, and the same when made from nothing."""
    from rongtong.portal.registry import current, projections, tasks  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.models import Current, Firm, Pending  # noqa: PLC0415 -- Django must be loaded first

    pointer, state = current.pointer(), current.alliance().state()
    if pointer.head != state.head:
        yield f"pages show entry {pointer.head} of {state.head}"
    if Pending.objects.exists():
        yield "changes are said to wait"
    snapshot = current.snapshot()
    yield from (
        f"{one.what}: {one.difference}"
        for one in facts.verify(current.alliance(), snapshot, deep=True)
        if not one.holds
    )
    if Firm.objects.count() != snapshot.manifest["counts"]["firms"]:
        yield "not as many firms as the snapshot has"
    before = pointer.snapshot, projections.digest()
    tasks.refresh(lambda _step, _share: None)
    made = Current.objects.get()
    if before != (made.snapshot, made.digest) or pointer.digest != made.digest:
        yield "the projections made from nothing are others"


def main() -> None:
    hosting.settle_in(Path(sys.argv[1]))
    wrong = [what for check in (journal, trail, uploads, jobs, projections) for what in check()]
    json.dump(wrong, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
