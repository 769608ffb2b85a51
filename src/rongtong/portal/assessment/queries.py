"""Reads of verdicts, as far as the reader's districts go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from rongtong import qualify
from rongtong.errors import InputError
from rongtong.facts.text import literal
from rongtong.i18n import _
from rongtong.portal.people.models import User
from rongtong.portal.registry import current
from rongtong.portal.registry.rows import Rows, Tests, called, chosen, given, in_charge
from rongtong.report import labels

#: By what the list alone is narrowed, not its counts.
_NARROWER = {"verdict": "verdict = ?", "wanting": "list_contains(wanting, ?)"}
#: The same where every missing fact is a row.
_NARROWER_BY_ROW = {"wanting": "fact = ?"}
VERDICTS = ("qualified", "not_qualified", "undetermined")


@dataclass(frozen=True)
class Question:
    """Which firms are asked for: of a rulebook, and by verdict, district, missing fact and name ("" is any)."""

    rulebook: str
    verdict: str = ""
    district: str = ""
    wanting: str = ""
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """What *user* may see of the firms asked for."""

    user: User
    question: Question

    @property
    def firms(self) -> Rows:
        """``firm, name, uscc, district, verdict, low, high`` and ``wanting``: what is missing, most wanted first."""
        lacks = f"SELECT n, list(fact) AS wanting FROM {self._wants} GROUP BY n"
        query = f"SELECT * EXCLUDE (n) FROM ({self._verdicts}) v LEFT JOIN ({lacks}) USING (n)"
        return chosen(query, [*self._tests(), *given(self.question, _NARROWER)])

    def counts(self) -> dict[str, int]:
        """Firms by verdict, whatever verdict and want are asked for."""
        return dict.fromkeys(VERDICTS, 0) | dict(chosen(self._verdicts, self._tests()).counted("verdict"))

    def wanted(self, most: int = 8) -> list[tuple[str, str, int]]:
        """The facts that the most undetermined firms lack: fact, label, firms."""
        every = chosen(self._verdicts, self._tests())
        found = replace(every, select=f"SELECT fact FROM ({every.select}) JOIN {self._wants} USING (n)")
        return [(fact, labels.of_slot(fact), firms) for fact, firms in found.counted("fact")[:most]]

    def lacking(self, facts: Collection[str]) -> Rows:
        """One row a firm and fact of *facts* that it lacks: ``firm, name, uscc, district, fact, settles, points``."""
        wants = f"SELECT * FROM {self._wants} WHERE fact IN (SELECT unnest(?))"
        columns = "v.* EXCLUDE (low, high), fact, settles, points"
        query = f"SELECT {columns} FROM ({self._verdicts}) v JOIN ({wants}) USING (n)"
        found = chosen(query, [*self._tests(), *given(self.question, _NARROWER_BY_ROW)])
        return replace(found, parameters=(list(facts), *found.parameters))

    @cached_property
    def _judged(self) -> qualify.Assessment:
        return current.assessment(self.question.rulebook)

    @property
    def _wants(self) -> str:
        if self._judged.kept is None:
            raise InputError(_("还缺哪些数据正在整理"), mend=_("请稍后刷新"))
        return f"read_parquet({literal(str(self._judged.kept))})"

    @property
    def _verdicts(self) -> str:
        file = literal(str(self._judged.path / "verdicts.parquet"))
        return f"SELECT v.*, f.district FROM read_parquet({file}) v JOIN firms f USING (n)"

    def _tests(self) -> Tests:
        asked = self.question
        return [*in_charge(self.user), *given(asked, {"district": "district = ?"}), *called(asked.text)]
