"""CP-SAT, alone on one thread and the same each time."""

from __future__ import annotations

from typing import Any

from rongtong import startup

startup.allow("pandas")  # with which its Python face begins
from ortools.sat.python import cp_model  # noqa: E402 -- pandas must be allowed first

__all__ = ["cp_model", "solved"]


def solved(model: Any) -> Any:
    """The solver with an optimal solution of *model*, None where it surely has no solution.

    Anything else, a number too long for it above all, is a mistake of whoever made the model.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        raise ValueError(f"{solver.status_name(status)}: {model.validate()}")
    return solver if status == cp_model.OPTIMAL else None
