"""How long a big file takes from workbook to snapshot, by stage: firms × 30 facts, one in a thousand without a code.

python benchmarks/big_import.py [--rows 1000000] [--kinds csv xlsx] [--folder FOLDER] [--profile]

The tables are written once and kept in *folder* (a temporary one unless named). Each file is imported and settled in a
process of its own. CPU counts all processes; memory is the most that one process (the reader of the file apart) held.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

STAGES = ("read", "type", "link", "settle", "digest", "write", "other")
#: Which functions make up a stage; what they call of another stage is counted there.
_PARTS = {
    "rongtong.facts.reading.reader.open_sheets": "read",
    "rongtong.facts.importing.read_workbook": "type",
    "rongtong.identity.link": "link",
    "rongtong.facts.settling.settle": "settle",
    "rongtong.facts.digest.of_table": "digest",
    "rongtong.facts.settling.settle.tables_digest": "digest",
    "rongtong.facts.sources.keep": "write",
    "rongtong.facts.parts.write": "write",
    "rongtong.facts.settling.settle._copy": "write",
}
_WRITE = """
import sys, pathlib, rongtong.sample
path, rows, columns, seed = sys.argv[1:]
rongtong.sample.write_table(pathlib.Path(path), int(rows), int(columns), seed=int(seed))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--kinds", nargs="+", choices=("csv", "xlsx"), default=("csv", "xlsx"))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "rongtong-benchmarks")
    parser.add_argument("--profile", action="store_true", help="keep the profiles beside the tables")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(measure(given.child, given.folder, given.profile)))
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"{given.rows:,} × {given.columns}, load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(" " * 12 + "".join(f"{head:>8}" for head in (*STAGES, "all s", "GB", "GB read")))
    for kind in given.kinds:
        table = generated(given.folder, given.rows, given.columns, given.seed, kind)
        extra = ["--profile"] if given.profile else []
        command = [sys.executable, __file__, "--child", str(table), "--folder", str(given.folder), *extra]
        show(kind, json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def generated(folder: Path, rows: int, columns: int, seed: int, kind: str) -> Path:
    """The table in *folder*, written by a process of its own when it is not there yet."""
    path = folder / f"{rows}x{columns}-{seed}.{kind}"
    if not path.exists():
        written = path.with_stem(path.stem + "-unfinished")
        subprocess.run([sys.executable, "-c", _WRITE, str(written), str(rows), str(columns), str(seed)], check=True)
        written.rename(path)
    return path


def measure(table: Path, folder: Path, profiled: bool = False) -> dict[str, Any]:
    """Import and settle *table* in a new alliance folder below *folder*; seconds a stage, and what it took."""
    from rongtong.facts import Alliance  # noqa: PLC0415 -- only the process that measures pays for it

    watch(clock := Clock())
    with tempfile.TemporaryDirectory(dir=folder) as home:
        profile = cProfile.Profile()
        if profiled:
            profile.enable()
        alliance = Alliance.open(home, create=True)
        alliance.import_file(table, date="2022-06-30", year=2021)
        snapshot = alliance.settle()
        profile.disable()
        clock.stop()
        counts = snapshot.manifest["counts"]
    if profiled:
        profile.dump_stats(table.with_suffix(f"{table.suffix}.profile"))
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks = {"peak": own.ru_maxrss / 1e6, "peak_read": child.ru_maxrss / 1e6}
    return {"wall": clock.wall(), "cpu": clock.cpu(), **peaks, "id": snapshot.id, "counts": counts}


class Moment(NamedTuple):
    """The time, and the CPU seconds spent so far by all threads and by the children that have ended."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Moment:
        return cls(time.perf_counter(), sum(os.times()[:4]))


class Clock:
    """Seconds a stage, each moment counted once: for the innermost stage under way."""

    def __init__(self) -> None:
        self.spent = {stage: Moment(0.0, 0.0) for stage in STAGES}
        self._under_way = ["other"]
        self._since = Moment.now()

    def wall(self) -> list[float]:
        """Seconds by the clock, stage by stage."""
        return [self.spent[stage].wall for stage in STAGES]

    def cpu(self) -> list[float]:
        """Seconds of CPU, stage by stage."""
        return [self.spent[stage].cpu for stage in STAGES]

    def stop(self) -> None:
        """Count what was going on until now."""
        self._turn()

    def timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*args: object, **named: object) -> Any:
            self._turn()
            self._under_way.append(stage)
            try:
                return function(*args, **named)
            finally:
                self._turn()
                self._under_way.pop()

        return timed

    def _turn(self) -> None:
        now, stage = Moment.now(), self._under_way[-1]
        wall, cpu = self.spent[stage]
        self.spent[stage] = Moment(wall + now.wall - self._since.wall, cpu + now.cpu - self._since.cpu)
        self._since = now


def watch(clock: Clock) -> None:
    """Let *clock* time the functions that make up the stages."""
    for place, stage in _PARTS.items():
        module, _dot, name = place.rpartition(".")
        owner = importlib.import_module(module)
        setattr(owner, name, clock.timed(getattr(owner, name), stage))


def show(kind: str, took: dict[str, Any]) -> None:
    for measured in ("wall", "cpu"):
        seconds = took[measured]
        print(f"{kind:>6}{measured:>6}" + "".join(f"{n:>8.1f}" for n in [*seconds, sum(seconds)]), end="")
        print(f"{took['peak']:>8.2f}{took['peak_read']:>8.2f}  {took['counts']['firms']:,} firms, {took['id']}")


if __name__ == "__main__":
    main()
