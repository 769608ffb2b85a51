"""Processes of our own that must start at once do without what others would load for nothing."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class _Absent(MetaPathFinder):
    """Makes modules as good as not installed."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def find_spec(self, fullname: str, *_about: object) -> ModuleSpec | None:
        """No module of those names is found."""
        if fullname in self.names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def without(*names: str) -> None:
    """Let nobody import the modules *names* in this process.

    pyarrow loads pandas at its first scalar wherever it is installed (another library brings it), which takes longer
    than reading a small workbook; whoever runs as a program of ours never hands it a frame.
    """
    sys.meta_path.insert(0, _Absent(frozenset(names)))


def allow(*names: str) -> None:
    """Let the modules *names* be imported again: a library that is needed now cannot do without."""
    for finder in [one for one in sys.meta_path if isinstance(one, _Absent)]:
        finder.names -= frozenset(names)


def beside_others() -> None:
    """Let numerics share the machine, unless the surroundings say otherwise; before numpy or a model is loaded.

    Our matrices are small. On a machine that has other work threads of linear algebra wait for each other: 256 topics
    of 7,554 offers take 15 s with two threads on two busy cores, 2 s with one. Those of the model of meaning may be
    many, but sleep while they wait: one name takes 0.01 s of processor time, and 0.25 s where they spin.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
