"""Groups that grow by unions and refuse to swallow an enemy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Components:
    """Union-find over node names; a component remembers its codes and the nodes it must not hold.

    The root of a component is its least node, so the outcome does not hang on the order of equal unions.
    """

    def __init__(self, codes: Mapping[str, str], enemies: Iterable[tuple[str, str]]) -> None:
        self._parent: dict[str, str] = {}
        self._codes: dict[str, set[str]] = {}
        self.learn(codes)
        self._enemies: dict[str, set[str]] = {}
        for left, right in enemies:
            self._enemies.setdefault(left, set()).add(right)
            self._enemies.setdefault(right, set()).add(left)

    def learn(self, codes: Mapping[str, str]) -> None:
        """Add the valid codes of nodes."""
        for node, code in codes.items():
            self._codes.setdefault(self.find(node), set()).add(code)

    def find(self, node: str) -> str:
        """The root of *node*'s component; a node never heard of is its own."""
        root = node
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(node, node)) != root:
            self._parent[node] = root
            node = above
        return root

    def are_enemies(self, a: str, b: str) -> bool:
        """Whether somebody said that a node of *a*'s component is not one of *b*'s."""
        a, b = self.find(a), self.find(b)
        return any(self.find(enemy) == b for enemy in self._enemies.get(a, ()))

    def have_other_codes(self, a: str, b: str) -> bool:
        """Whether both components bear valid codes, and none in common."""
        left, right = (self._codes.get(self.find(node), set()) for node in (a, b))
        return bool(left and right) and left.isdisjoint(right)

    def has_code(self, node: str) -> bool:
        """Whether the component of *node* bears a valid code."""
        return bool(self._codes.get(self.find(node)))

    def union(self, a: str, b: str, *, decided: bool = False) -> bool:
        """Join two components unless they are enemies or (but for a person's decision) bear different codes."""
        a, b = sorted((self.find(a), self.find(b)))
        if a == b:
            return True
        if self.are_enemies(a, b) or (self.have_other_codes(a, b) and not decided):
            return False
        self._parent[b] = a
        for of in (self._codes, self._enemies):
            if b in of:
                of[a] = of.get(a, set()) | of.pop(b)
        return True

    def moved(self) -> dict[str, str]:
        """The nodes that unions brought under another root, and that root."""
        return {node: self.find(node) for node in sorted(self._parent)}
