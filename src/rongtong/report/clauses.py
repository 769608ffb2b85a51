"""What the clauses of a rulebook are called, and how what two editions say of a firm differs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rongtong.definitions.wording import worded
from rongtong.i18n import _
from rongtong.qualify.rulebook import Head, Rulebook
from rongtong.report.sheet import Cell


@dataclass(frozen=True)
class Clauses:
    """The clauses of one rulebook."""

    book: Rulebook

    def called(self, name: str) -> str:
        """What a clause or an indicator is called; a part of a clause after the whole, where it does not say that."""
        head = self._heads.get(name)
        if head is None:
            return name
        whole = self._heads.get(head.parent)
        if head.kind == "indicator" or whole is None or whole.title in head.title:
            return worded(head.title)
        return _("{whole}：{part}", whole=worded(whole.title), part=worded(head.title))

    def cited(self, name: str) -> str:
        """The same behind its id."""
        return f"{name} {self.called(name)}" if name in self._heads else name

    @cached_property
    def _heads(self) -> dict[str, Head]:
        return {head.id: head for head in self.book.heads}


def way(word: str) -> Cell:
    """One of :data:`~rongtong.qualify.difference.WAYS` in words, with its colour."""
    return {
        "enters": Cell(_("进来"), "yes"),
        "drops_out": Cell(_("出去"), "no"),
        "opens": Cell(_("变为待定"), "unknown"),
        "other": Cell(_("其他改变"), "unknown"),
    }[word]
