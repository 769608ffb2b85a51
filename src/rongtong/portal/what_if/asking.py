"""Engines that stay open, so that a question is answered while somebody moves a slider.

An engine holds what a rulebook asks of every firm of a snapshot, and one connection: whoever asks waits until it is
theirs. Those asked last stay, as many as fit into :data:`MOST` cells; of more firms than that there is one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock

from rongtong import qualify
from rongtong.portal.days import today
from rongtong.portal.registry import current
from rongtong.portal.rulebooks.queries import Edition, edition
from rongtong.qualify.assess import made_of, program_for
from rongtong.qualify.bounds import changed
from rongtong.qualify.compile import Program
from rongtong.qualify.rulebook import Rulebook
from rongtong.qualify.what_if import WhatIf

#: Firms by columns that all open engines hold together; a cell is 1 to 16 bytes.
MOST = 60_000_000


@dataclass(frozen=True)
class Asked:
    """What is asked about: an edition (``cn/srdi-sme@2022``), for a purpose, applied for on *day*.

    *bounds* are those that somebody has set otherwise, as a rulebook writes them.
    """

    book: str
    purpose: str
    day: date
    bounds: tuple[tuple[str, str], ...] = ()

    @classmethod
    def now(cls, book: str, purpose: str) -> Asked:
        """Applied for on the day of the current verdicts, where they are by that very edition; else today."""
        judged = judged_by(edition(book), purpose)
        return cls(edition(book).key, purpose, date.fromisoformat(judged.manifest["as_of"]) if judged else today())

    @property
    def rulebook(self) -> Rulebook:
        """What of the edition is asked for the purpose."""
        return changed(edition(self.book).book.of(self.purpose), dict(self.bounds))

    def program(self) -> Program:
        """The same against what the current snapshot has."""
        return program_for(current.snapshot(), self.rulebook, self.day)

    @property
    def parts(self) -> dict[str, object]:
        """What an answer about the current snapshot follows from."""
        return made_of(current.snapshot(), self.program(), self.purpose)


def judged_by(one: Edition, purpose: str) -> qualify.Assessment | None:
    """The current verdicts of a very edition and purpose, if they are kept."""
    if one.book.id not in current.pointer().results:
        return None
    found = current.assessment(one.book.id)
    same = (found.manifest["edition"], found.manifest["purpose"]) == (one.book.edition, purpose)
    return found if same else None


class Engines:
    """The engines that are open, those asked last at the end."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._open: OrderedDict[str, WhatIf] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def asked(self, about: Asked) -> Iterator[WhatIf]:
        """The engine of what is asked *about*, for nobody else meanwhile."""
        snapshot, program = current.snapshot(), about.program()
        key = f"{snapshot.path} {program.book.sha256} {about}"
        with self._lock:
            if key not in self._open:
                self._open[key] = WhatIf(snapshot, program)
            self._open.move_to_end(key)
            self._trim()
            yield self._open[key]

    @property
    def cells(self) -> int:
        """How much all of them hold."""
        return sum(one.cells for one in self._open.values())

    def __len__(self) -> int:
        return len(self._open)

    def _trim(self) -> None:
        """Close those asked longest ago until the others fit; the last one stays."""
        while len(self._open) > 1 and self.cells > self.most:
            self._open.popitem(last=False)[1].close()


#: Those of this process.
ENGINES = Engines()
