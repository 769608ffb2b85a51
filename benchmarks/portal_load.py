"""Two hundred officers at once on a portal with PostgreSQL: what each page takes, and that none fails.

python benchmarks/portal_load.py
python benchmarks/portal_load.py --people 200 --seconds 60 --pause 5 --firms 1000

A sample alliance is imported and served by ``rongtong serve`` on a PostgreSQL of this run's own that waits for the
disk as one in use does. Everybody is signed in before; then each goes through ``DAY`` of ``portal_crowd.py``, from a
place of their own, and thinks for up to twice ``--pause`` seconds before each page. A page begins when it is asked for
and ends with its last byte; nobody asks for one after ``--seconds``, but all that were asked for are waited for. The
people run on the same processors as the portal. Exits with 1 when a page was not answered or led elsewhere.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import psycopg

from portal_client import AROUND, ENVIRONMENT, Served, prepare
from portal_crowd import PAGES, Town, Visit
from rongtong import facts, sample
from rongtong.cli.demo import import_all

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import postgres  # it stands with the tests

PORT = 18500
#: In a process of its own, as ``PREPARE``: an officer for each session, by turns of every district and of the city.
OFFICERS = """
import json, sys
from itertools import cycle, islice
from pathlib import Path
from rongtong.portal import hosting
hosting.settle_in(Path(sys.argv[1]))
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from rongtong.portal.people.models import Grant, Role, User
from rongtong.portal.registry.models import Firm

def signed_in(number, district):
    user = User.objects.create_user(f"139{number:08d}", name=f"经办{number}")
    Grant.objects.create(user=user, role=Role.DISTRICT_OFFICER if district else Role.CITY_OFFICER, district=district)
    session = SessionStore()
    session[auth.SESSION_KEY], session[auth.BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key

districts = sorted({""} | set(Firm.objects.values_list("district", flat=True)))
sessions = [signed_in(n, one) for n, one in enumerate(islice(cycle(districts), int(sys.argv[2])))]
print(json.dumps([sessions, list(Firm.objects.values_list("id", "name"))]))
"""


def database() -> str:
    """A PostgreSQL of this run's own, in earnest."""
    address = postgres.start()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")
    return address


def officers(home: Path, people: int, address: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Sessions of as many officers, and the firms."""
    environment = {**AROUND, **ENVIRONMENT, "RONGTONG_DATABASE": address}
    command = [sys.executable, "-c", OFFICERS, str(home), str(people)]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    sessions, firms = json.loads(told.stdout)
    return sessions, firms


def run(people: int, seconds: float, pause: float, firms: int, folder: Path) -> list[Visit]:
    """Everything that was asked for."""
    home, address = folder / "home", database()
    made = sample.generate(folder / "sample", seed=2022, firms=firms)
    import_all(facts.Alliance.open(home, create=True), made, lambda *_step: None)
    prepare(home, RONGTONG_DATABASE=address)
    sessions, known = officers(home, people, address)
    with Served(home, PORT, processes=2, RONGTONG_DATABASE=address) as served:
        return Town(served.url, known).crowd(sessions, seconds, pause)


def table(visits: list[Visit]) -> None:
    """p50 and p95 of each page, and what went wrong."""
    print(f"{'page':22}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'errors':>8}")
    for page in (*PAGES, "all"):
        own = [one for one in visits if page in (one.page, "all")]
        p50, p95 = np.percentile([one.seconds * 1000 for one in own] or [0], (50, 95))
        print(f"{page:22}{len(own):>9}{p50:>9.0f}{p95:>9.0f}{sum(bool(one.wrong) for one in own):>8}")
    for wrong in sorted({one.wrong for one in visits} - {""}):
        print(f"  {wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=5, help="seconds that people think before a page, on average")
    parser.add_argument("--firms", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-load-") as folder:
        visits = run(given.people, given.seconds, given.pause, given.firms, Path(folder))
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    print(f"{given.people} people, {given.seconds:g} s (load {load})")
    table(visits)
    sys.exit(any(one.wrong for one in visits))


if __name__ == "__main__":
    main()
