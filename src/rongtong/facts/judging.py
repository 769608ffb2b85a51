"""By which judge an alliance tells who is who: the bounds that people chose, and what their decisions taught.

A ``judging`` entry of the journal says both; without one the judge is the one that comes with the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rongtong.errors import InputError
from rongtong.facts.snapshot import Snapshot
from rongtong.i18n import _
from rongtong.identity import Judge, curve, shipped
from rongtong.identity.teaching import EVIDENCE, Correction

Decision = Mapping[str, Any]


def judge(decision: Decision | None) -> Judge:
    """The judge that a ``judging`` decision names; a correction of other trees than there are now is left out."""
    if decision is None:
        return shipped()
    correction = read(decision["taught"]) if is_in_force(decision) else None
    return shipped()._replace(ask=float(decision["ask"]), same=float(decision["same"]), correction=correction)


def is_in_force(decision: Decision | None) -> bool:
    """Whether what a decision taught corrects the trees there are now."""
    return bool(decision and decision["taught"] and decision["taught"]["model"] == shipped().model)


def taught_by(decision: Decision | None) -> int | None:
    """How many cases taught what is in force; None where nothing is."""
    return int(decision["taught"]["cases"]) if decision and is_in_force(decision) else None


def of_snapshot(snapshot: Snapshot) -> Judge:
    """The judge by which *snapshot* was settled."""
    return judge(snapshot.manifest.get("judging"))


def bounds(ask: float, same: float) -> tuple[float, float]:
    """*ask* and *same*. Raises InputError when they are no bounds."""
    if not curve.fit_to_use(ask, same):
        raise InputError(
            _("门槛不能用：{ask}、{same}", ask=f"{ask * 100:.4g}%", same=f"{same * 100:.4g}%"),
            place="--ask / --same",
            mend=_("两个都在 {least} 到 {most} 之间，且前者不大于后者", least="1%", most="99.99%"),
        )
    return ask, same


def written(correction: Correction, cases: int) -> dict[str, Any]:
    """A correction as a decision holds it, with how many cases taught it and whose trees it corrects."""
    weights = dict(zip(EVIDENCE, correction.weights, strict=True))
    taught = {"bias": correction.bias, "scale": correction.scale, "weights": weights}
    return {**taught, "cases": cases, "model": shipped().model}


def read(taught: Mapping[str, Any]) -> Correction:
    """The correction that :func:`written` wrote; evidence that it does not know has no weight."""
    weights = tuple(float(taught["weights"].get(name, 0.0)) for name in EVIDENCE)
    return Correction(float(taught["bias"]), float(taught["scale"]), weights)
