"""What linking knows half way, and the two ways forward: join two nodes, or ask about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rongtong.identity.components import Components
from rongtong.identity.judge import Judge
from rongtong.identity.link_tables import Loose, Tables

Pair = tuple[str, str]
Step = Callable[[float], None]
_FEW, _MANY = 20, 20_000
"""Of how many firms one is asked beside many others called so, and how many pairs of two names are asked about."""


def unheard(_share: float) -> None:
    """Tell nobody how much is done."""


@dataclass
class Work:
    """The state of one linking. A *node* is a firm's root or a loose mention.

    ``links``: left, right, kind, score. ``reasons``: why a node hangs where it does. ``questions``: two nodes, score,
    reasons, and the score of the two alone. ``torn``: nodes whose exact name several firms bear. ``likelihoods``: how
    many pairs of names that nobody has decided on are how likely one firm, alone and beside others that they may be, by
    what rules leave to the bounds.
    """

    tables: Tables
    judge: Judge
    loose: list[Loose]
    components: Components
    links: list[tuple[str, str, str, float]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    questions: list[tuple[str, str, float, tuple[str, ...], float]] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    likelihoods: Counter[tuple[float, float, str]] = field(default_factory=Counter)
    all_ask: bool = True
    step: Step = unheard

    def join(self, a: str, b: str, kind: str, score: float) -> None:
        """Join two nodes; ask when only their codes forbid it."""
        if self.components.find(a) == self.components.find(b):
            return
        if self.components.union(a, b, decided=kind == "decided"):
            self.links.append((min(a, b), max(a, b), kind, score))
            self.reasons.setdefault(a, kind)
            self.reasons.setdefault(b, kind)
        else:
            self.ask(a, b, score, ("other_code",))

    def ask(self, a: str, b: str, score: float, reasons: tuple[str, ...], alone: float | None = None) -> None:
        """Put a pair before a person; *alone* is its score where no other firm is thought of."""
        self.questions.append((a, b, score, reasons, score if alone is None else alone))

    def open(self) -> list[Loose]:
        """The loose mentions that no valid code has reached yet."""
        return [loose for loose in self.loose if not self.components.has_code(loose.mention)]

    def english(self) -> dict[str, list[str]]:
        """The open mentions by the English names that they bear beside another."""
        known: dict[str, list[str]] = {}
        for one in self.open():
            for name in set(one.english).difference(one.names):
                known.setdefault(name, []).append(one.mention)
        return known

    def coded_by_code(self, codes: set[str]) -> dict[str, list[tuple[str, list[str]]]]:
        """For each code the nodes that bear it, with their names: the firm, and loose mentions."""
        known: dict[str, list[tuple[str, list[str]]]] = {}
        for firm in self.tables.firms_by_code(codes).to_pylist():
            self.components.learn({firm["root"]: firm["code"]})
            known.setdefault(firm["code"], []).append((firm["root"], firm["names"] or []))
        for one in self.loose:
            if one.code in codes and self.components.has_code(one.mention):
                known.setdefault(one.code, []).append((one.mention, one.names))
        return known

    def coded_by_name(self, names: set[str]) -> dict[str, list[str]]:
        """For each name the nodes with a valid code that bear it: firms, and loose mentions that have reached one."""
        known: dict[str, list[str]] = {}
        for firm in self.tables.firms_by_name(names).to_pylist():
            self.components.learn({firm["root"]: firm["code"]})
            known.setdefault(firm["name"], []).append(firm["root"])
        for one in self.loose:
            for name in names.intersection(one.every):
                if self.components.has_code(one.mention):
                    known.setdefault(name, []).append(one.mention)
        return known

    def among(self, others: Iterable[str]) -> list[tuple[str, str]]:
        """The components among *others*, in order: the root and one node of each; good until the next union."""
        return sorted({self.components.find(other): other for other in sorted(others, reverse=True)}.items())

    def targets(self, node: str, among: Iterable[tuple[str, str]]) -> Iterator[str]:
        """One node of each component *among* others that *node* is neither part nor enemy of, in order."""
        own = self.components.find(node)
        return (other for root, other in among if root != own and not self.components.are_enemies(node, root))

    def crossed(self, nodes: Collection[str], among: Collection[tuple[str, str]]) -> Iterator[Pair]:
        """Each of *nodes* beside its targets: all of them, but where many meet many a few for each."""
        most = max(_FEW, _MANY // max(1, len(nodes)))
        return ((target, node) for node in nodes for target in islice(self.targets(node, among), most))
