"""Progress of long work, on stderr: a bar on a terminal, a line a step anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rongtong.cli import output

#: What long work calls: the step it is at, and the share of the work that is done.
Report = Callable[[str, float], None]


@contextmanager
def progress() -> Iterator[Report]:
    """Show the steps of the work inside, as they are reported."""
    if not output.errors().is_terminal:
        yield lines()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=output.errors(), transient=True) as bar:
        task = bar.add_task("", total=1)
        yield lambda step, share: bar.update(task, description=step, completed=share)


def lines() -> Report:
    """Each step as a line when it begins."""
    last: list[str] = []

    def report(step: str, _share: float) -> None:
        if last != [step]:
            last[:] = [step]
            output.say(f"… {step}")

    return report
