"""Progress of long work, on stderr: a bar on a terminal, a line a step anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rongtong.cli import output


class Report(Protocol):
    """What long work calls: the step it is at, and how much of it is done."""

    def __call__(self, step: str, done: float | None = None, total: float | None = None, /) -> None:
        """The work is at *step*, *done* of *total* finished."""


@contextmanager
def progress() -> Iterator[Report]:
    """Show the steps of the work inside, as they are reported."""
    if not output.errors().is_terminal:
        yield lines()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=output.errors(), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done=None, total=None, /: bar.update(task, description=step, completed=done, total=total)


def lines() -> Report:
    """Each step as a line when it begins."""
    last: list[str] = []

    def report(step: str, _done: float | None = None, _total: float | None = None, /) -> None:
        if last != [step]:
            last[:] = [step]
            output.say(f"… {step}")

    return report
