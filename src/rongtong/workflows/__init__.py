"""Workflows as data (``catalogue/workflows``): how something goes from state to state, who may, who reads what.

introduction = workflow("introduction")
introduction.ways("proposed", frozenset({"supplier"}))     # agree, decline
introduction.reads("proposed", frozenset({"supplier"}))    # no contacts yet
"""

from __future__ import annotations

from functools import cache

from rongtong.definitions.loader import folder, read
from rongtong.workflows.schema import State, Transition, Workflow

__all__ = ["State", "Transition", "Workflow", "workflow"]


@cache
def workflow(name: str) -> Workflow:
    """The workflow of that id. Raises :class:`DefinitionError` with file and line."""
    return read(folder() / "workflows" / f"{name}.yaml").parse(Workflow)
