"""Why a firm is suggested: what speaks for it, what against, what is not known, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rongtong.definitions.retelling import retold
from rongtong.i18n import joined
from rongtong.portal.introductions.progress import grouped
from rongtong.portal.registry.models import Firm

Says = Literal["for", "against", "unknown"]


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a firm or against it, or is not known, with what to ask it; *private* is told to those
    alone who read the private half of the need."""

    says: Says
    kind: str
    text: str
    question: str = ""
    private: bool = False

    def as_data(self) -> dict[str, str]:
        """As an introduction keeps it."""
        kept = {"says": self.says, "kind": self.kind, "text": self.text}
        return kept | ({"question": self.question} if self.question else {})


@dataclass(frozen=True)
class Suggestion:
    """A firm and why it is suggested."""

    firm: Firm
    reasons: tuple[Reason, ...]

    def public(self) -> Suggestion:
        """The same for those who do not read the private half."""
        return replace(self, reasons=tuple(one for one in self.reasons if not one.private))

    def as_data(self) -> list[dict[str, str]]:
        """The reasons as an introduction keeps them, for both sides to read."""
        return [one.as_data() for one in self.public().reasons]

    @property
    def speaks_for(self) -> bool:
        """Whether something speaks for the firm."""
        return any(one.says == "for" for one in self.reasons)

    @property
    def grouped(self) -> list[tuple[str, list[dict[str, str]]]]:
        """The same by what they say."""
        return grouped([one.as_data() for one in self.reasons])

    def told(self, says: Says) -> str:
        """The reasons that say that, in one line."""
        return joined((retold(one.text) for one in self.reasons if one.says == says), "；")


def for_others(found: Iterable[Suggestion]) -> list[Suggestion]:
    """*found* for those who do not read the private half: whom nothing else speaks for is left out."""
    shown = [(one, one.public()) for one in found]
    return [told for one, told in shown if told.speaks_for or not one.speaks_for]
