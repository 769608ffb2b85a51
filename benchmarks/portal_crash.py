"""All or nothing through the portal: its server and its worker killed (SIGKILL) while an officer brings a workbook in.

python benchmarks/portal_crash.py
python benchmarks/portal_crash.py --kills 200 --rows 2000 --lanes 4

Each try has a portal of its own (a folder, SQLite, ``rongtong serve``). An officer uploads a workbook in the wizard,
looks at it and confirms; at a random moment between the upload and the end of settling the server, the worker or both
are killed. The portal is served again and the officer goes on from what the wizard shows: ``completed`` where the
upload was there, ``rolled back`` where it was not and is made again. Then ``portal_holds.py`` must find that journal,
trail, projections and jobs agree; in one try of five the import is also undone, and all must agree again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

from crash import workbook
from portal_client import AROUND, ENVIRONMENT, Person, Served, prepare
from rongtong.facts import Alliance

HOLDS = Path(__file__).with_name("portal_holds.py")
OFFICER = "13800000001"
VICTIMS = {"server": ("server",), "worker": ("worker",), "both": ("server", "worker")}
PATIENCE = 180.0
ABOUT = {"source": "district_workbook", "date": "2022-06-30", "year": "2021"}
_OPEN = "SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running')"


class Stuck(Exception):  # noqa: N818 -- an outcome, named as the table names it
    """The import does not come to an end."""


def base(folder: Path, rows: int) -> tuple[Path, Path]:
    """A portal on which something is in force already, and the workbook that will be brought in."""
    home = folder / "base" / "home"
    first = workbook(folder / "甲.xlsx", rows, "370212")
    Alliance.open(home, create=True).import_file(first, date="2022-06-30", year=2021)
    prepare(home)
    return home, workbook(folder / "乙.xlsx", rows)


def numbers(person: Person) -> list[int]:
    """The uploads that the wizard lists."""
    return sorted({int(one) for one in re.findall(r"/imports/(\d+)/", person.get("/imports/"))})


def bring_in(person: Person, file: Path) -> int:
    """Bring *file* in, from wherever it stands: upload, look, confirm, wait until it is imported."""
    number = (numbers(person) or [0])[-1]
    if not number:
        person.post("/imports/begin/", ABOUT, file)
        number = numbers(person)[-1]
    quick, deadline = time.monotonic() + 5, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        page = person.get(f"/imports/{number}/")
        if f"/imports/{number}/undo/" in page:
            return number
        if f"/imports/{number}/confirm/" in page:
            person.post(f"/imports/{number}/confirm/", {})
        if "/retry/" in page:
            break
        time.sleep(0.1 if time.monotonic() < quick else 1)  # at first as fast as it goes, later as the page does
    raise Stuck("the upload does not get on")


def settled(home: Path) -> None:
    """Wait until no job is open."""
    deadline = time.monotonic() + PATIENCE
    with contextlib.closing(sqlite3.connect(home / "portal" / "portal.sqlite3", timeout=20)) as database:
        while time.monotonic() < deadline:
            if database.execute(_OPEN).fetchone() == (0,):
                return
            time.sleep(0.05)
    raise Stuck("a job does not end")


def disagreements(home: Path) -> list[str]:
    """What ``portal_holds.py`` finds."""
    command = [sys.executable, str(HOLDS), str(home)]
    told = subprocess.run(command, env={**AROUND, **ENVIRONMENT}, capture_output=True, text=True, check=False)
    return list(json.loads(told.stdout)) if told.returncode == 0 else [told.stderr[-600:]]


def takes(home: Path, file: Path, port: int) -> float:
    """How long an import that nobody kills takes, to the end of settling; it must hold as well."""
    with Served(home, port) as served:
        person = Person(served.url)
        person.sign_in(OFFICER)
        begun = time.perf_counter()
        bring_in(person, file)
        settled(home)
        seconds = time.perf_counter() - begun
    if wrong := disagreements(home):
        raise RuntimeError("; ".join(wrong))
    return seconds


class Try(NamedTuple):
    """Who is killed, and after how many seconds."""

    number: int
    victim: str
    after: float


def interrupted(served: Served, file: Path, told: Try) -> list[str]:
    """Bring *file* in and kill the victim; the pages that failed before."""
    person, failed = Person(served.url), list[str]()
    person.sign_in(OFFICER)

    def work() -> None:
        try:
            bring_in(person, file)
        except HTTPError as error:
            failed.append(f"{error.url} answered {error.code}")
        except (OSError, HTTPException):
            return  # the server is gone

    officer = threading.Thread(target=work)
    officer.start()
    time.sleep(told.after)
    served.kill(*(getattr(served, one) for one in VICTIMS[told.victim]))
    officer.join()
    return failed


def attempt(home: Path, file: Path, told: Try) -> list[str]:
    """One try: how it came out, then what disagrees."""
    port = 18010 + told.number * 5
    with Served(home, port) as served:
        wrong = interrupted(served, file, told)
    with Served(home, port) as served:
        person = Person(served.url)
        person.sign_in(OFFICER)
        outcome = "completed" if numbers(person) else "rolled back"
        number = bring_in(person, file)
        settled(home)
        wrong += disagreements(home)
        if told.number % 5 == 0:
            person.post(f"/imports/{number}/undo/", {})
            settled(home)
            wrong += disagreements(home)
    return [outcome, *wrong]


def run(kills: int, rows: int, seed: int, lanes: int, folder: Path) -> dict[str, Counter[str]]:
    """All tries: for each victim, how many ended how; what disagrees is an outcome."""
    chance, (home, file) = random.Random(seed), base(folder, rows)
    whole = folder / "whole" / "home"
    shutil.copytree(home, whole)
    long = takes(whole, file, 18000)
    print(f"an import takes {long:.1f} s to the end of settling", file=sys.stderr, flush=True)
    names = list(VICTIMS)
    plan = [Try(n, names[n % len(names)], chance.uniform(0, long * 1.05)) for n in range(kills)]
    found = {name: Counter[str]() for name in names}
    with ThreadPoolExecutor(lanes) as pool:
        for told, outcomes in zip(plan, pool.map(lambda told: trial(folder, home, file, told), plan), strict=True):
            found[told.victim].update(outcomes)
    return found


def trial(folder: Path, base: Path, file: Path, told: Try) -> list[str]:
    """A try in a folder of its own, which stays where something disagrees; a failure of any kind is an outcome."""
    own = Path(tempfile.mkdtemp(prefix=f"{told.number}-", dir=folder))
    shutil.copytree(base, own / "home")
    try:
        outcomes = attempt(own / "home", file, told)
    except Exception as error:
        outcomes = [f"{type(error).__name__}: {error}"]
    print(
        f"{told.number:>4} {told.victim} after {told.after:.2f} s: {'; '.join(outcomes)}", file=sys.stderr, flush=True
    )
    if set(outcomes) <= GOOD:
        shutil.rmtree(own)
    return outcomes


GOOD = {"completed", "rolled back"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--lanes", type=int, default=2, help="tries at once, each a portal of its own")
    parser.add_argument("--folder", type=Path, help="where tries that disagree are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-crash-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = run(given.kills, given.rows, given.seed, given.lanes, folder)
    print(f"{'killed':<10}{'kills':>6}{'completed':>11}{'rolled back':>13}  disagreements")
    for name, outcomes in found.items():
        wrong = {what: n for what, n in outcomes.items() if what not in GOOD}
        told = "; ".join(f"{n} × {what}" for what, n in wrong.items()) or "none"
        count = len(range(list(VICTIMS).index(name), given.kills, len(VICTIMS)))
        print(f"{name:<10}{count:>6}{outcomes['completed']:>11}{outcomes['rolled back']:>13}  {told}")
    sys.exit(any(set(outcomes) - GOOD for outcomes in found.values()))


if __name__ == "__main__":
    main()
