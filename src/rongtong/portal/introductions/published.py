"""What came of it all as the public reads it: no count of fewer than three, nor what would tell one."""

from __future__ import annotations

from dataclasses import dataclass

from rongtong.i18n import joined
from rongtong.portal.introductions.merging import Run, merged, runs, small, told
from rongtong.portal.introductions.results import Results, days_to_first, size_label, won

FIGURES = ("needs", "answered", "introductions", "agreed", "contracts")


@dataclass(frozen=True)
class Published:
    """The figures as they are shown: ``figures`` by name, ``days`` and ``share`` None where they may not be told,
    ``sizes`` (name, label, number) and ``months``."""

    figures: dict[str, int | str]
    days: str | None
    share: str | None
    sizes: list[tuple[str, str, int | str]]
    months: list[Run]


def exact(found: Results) -> Published:
    """Every figure as it is, for those in charge of them all."""
    return Published(
        figures={name: getattr(found, name) for name in FIGURES},
        days=None if found.days is None else f"{found.days:g}",
        share=_percent(found.share),
        sizes=[(name, size_label(name), n) for name, n in found.sizes.items()],
        months=found.months,
    )


def public(found: Results) -> Published:
    """The same for everybody."""
    hidden = any(small(n) for n in found.sizes.values())
    sizes = merged({name: n for name, n in found.sizes.items() if n})
    return Published(
        figures={name: told(getattr(found, name)) for name in FIGURES},
        days=None if found.days is None or small(found.answered) else f"{found.days:g}",
        share=None if hidden else _percent(found.share),
        sizes=[(name, joined(map(size_label, name.split("、"))), told(n)) for name, n in sizes.items()],
        months=runs(found.months),
    )


def headline() -> tuple[str, str | None]:
    """For the front page: the contracts, and the days to the first introduction (median), as everybody reads them."""
    days, median = days_to_first()
    return told(won().count()), None if median is None or small(days) else f"{median:g}"


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"
