"""Counts below three are merged before the public sees them: nobody is made out who was promised not to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rongtong.portal.masking import LEAST


@dataclass(frozen=True)
class Run:
    """Some months that follow each other, with what was begun and what was contracted in them."""

    first: str
    last: str
    begun: int
    won: int

    @property
    def label(self) -> str:
        """The months in short."""
        return self.first if self.first == self.last else f"{self.first}—{self.last[5:]}"

    @property
    def small(self) -> bool:
        """Whether one of its counts would tell of somebody."""
        return small(self.begun) or small(self.won)

    def with_(self, later: Run) -> Run:
        """Both together."""
        return Run(self.first, later.last, self.begun + later.begun, self.won + later.won)


def small(number: int) -> bool:
    """Whether *number* would tell of somebody."""
    return 0 < number < LEAST


def told(number: int) -> str:
    """*number* as the public reads it."""
    return _("不足 {n}").format(n=LEAST) if small(number) else f"{number:,}"


def merged(counts: Mapping[str, int]) -> dict[str, int]:
    """*counts*, those below :data:`LEAST` as one, which takes the next smallest in until it is large enough itself."""
    rest = {name: n for name, n in counts.items() if small(n)}
    kept = {name: n for name, n in counts.items() if name not in rest}
    while rest and kept and (len(rest) == 1 or small(sum(rest.values()))):
        least = min((name for name in kept), key=lambda name: (kept[name], name))
        rest[least] = kept.pop(least)
    return kept | ({"、".join(rest): sum(rest.values())} if rest else {})


def runs(months: Sequence[Run]) -> list[Run]:
    """*months* in order, joined until no count of a run is below :data:`LEAST`; empty when they never are."""
    found: list[Run] = []
    open_: Run | None = None
    for month in months:
        open_ = open_.with_(month) if open_ else month
        if not open_.small:
            found.append(open_)
            open_ = None
    while open_ and open_.small and found:
        open_ = found.pop().with_(open_)
    return [*found, open_] if open_ and not open_.small else found
