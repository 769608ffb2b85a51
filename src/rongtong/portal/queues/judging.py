"""By which bounds pairs of names come into the queue: the curve, those in force, what decisions taught last."""

from __future__ import annotations

from typing import Any

from rongtong.facts import judging
from rongtong.facts.snapshot import Row
from rongtong.facts.taught import Taught, describe
from rongtong.i18n import _
from rongtong.identity import Judge
from rongtong.portal.jobs.models import Job
from rongtong.portal.jobs.operations import Progress, kind
from rongtong.portal.registry import current
from rongtong.report.judging import again, agreed, bound, far, ladder

KIND = "teach"


@kind(KIND)
def work(*, job: Job, progress: Progress) -> dict[str, Any]:
    """Fit and evaluate what people decided so far; nothing is switched on."""
    del job
    progress(_("校准并评估"), 0.2)
    return told(current.alliance().teach())


def told(found: Taught) -> dict[str, Any]:
    """What was taught and what it is worth, as plain data."""
    evaluation = found.evaluation
    return {
        "head": found.head,
        "cases": len(found.cases.cases),
        "left_out": [[describe(why), count] for why, count in found.cases.left_out.items()],
        "lines": list(agreed(evaluation)),
        "against": list(evaluation.against),
        "far": far(found.sifted),
        "again": again(found.sifted),
        "taught": judging.written(evaluation.correction, len(found.cases.cases)),
    }


def latest() -> Job | None:
    """The last time it was asked what decisions teach."""
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def chosen() -> Judge:
    """The judge in force now, which the current snapshot may not follow yet."""
    return judging.judge(current.alliance().state().judging)


def in_force() -> Row:
    """The bounds by which the current snapshot was settled, how many decisions taught its judge, how many it asks."""
    snapshot = current.snapshot()
    judge = judging.of_snapshot(snapshot)
    taught = judging.taught_by(snapshot.manifest.get("judging"))
    told = {"ask": bound(judge.ask), "same": bound(judge.same), "taught": taught, "lags": judge != chosen()}
    return told | {"asked": snapshot.manifest["counts"].get("questions", 0)}


def points() -> list[Row]:
    """The bounds on offer, from few questions to many, and what to expect of each; none before the next settling."""
    snapshot, judge = current.snapshot(), chosen()
    if "likelihoods" not in snapshot.tables:
        return []
    return [
        one._asdict()
        | {"low": bound(one.ask), "high": bound(one.same), "chosen": (one.ask, one.same) == (judge.ask, judge.same)}
        for one in ladder(snapshot, (judge.ask, judge.same))
    ]
