"""Workflows as data (``catalogue/workflows``): how something goes from state to state, who may, who reads what.

introduction = workflow("introduction")
introduction.ways("proposed", frozenset({"supplier"}))     # agree, decline
introduction.reads("proposed", frozenset({"supplier"}))    # no contacts yet
take(introduction, "agree", state="proposed", parties={"supplier"})     # the transition, or why not
"""

from __future__ import annotations

from functools import cache

from rongtong.definitions.loader import folder, read
from rongtong.workflows.schema import State, Transition, Workflow
from rongtong.workflows.taking import NotYoursError, take

__all__ = ["NotYoursError", "State", "Transition", "Workflow", "take", "workflow"]


@cache
def workflow(name: str) -> Workflow:
    """The workflow of that id. Raises :class:`DefinitionError` with file and line."""
    return read(folder() / "workflows" / f"{name}.yaml").parse(Workflow)
