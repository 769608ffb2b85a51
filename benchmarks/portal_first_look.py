"""A firm's page that nobody has looked at yet: the processor time of the first look and of the second.

    rongtong demo --out FOLDER && python benchmarks/portal_first_look.py FOLDER/home [--firms 40]

The page is asked through Django's test client as an officer of the city, who may see everything.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path
from typing import Any

import numpy as np

from portal_client import ENVIRONMENT

WARM = 5


def officer(home: Path) -> Any:
    """A client signed in to the portal on *home*, whose current snapshot is settled and assessed."""
    os.environ |= ENVIRONMENT
    from rongtong.portal import hosting  # noqa: PLC0415 -- the environment is chosen above

    hosting.settle_in(home)
    from django.test import Client  # noqa: PLC0415 -- Django must be loaded first

    from rongtong.portal.hosting import preparing  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.people.models import Grant, Role, User  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.tasks import refresh  # noqa: PLC0415 -- Django must be loaded first

    preparing.prepare(lambda _step, _share: None)
    refresh(lambda _step, _share: None)
    user, _made = User.objects.get_or_create(phone="13900000001", defaults={"name": "经办"})
    Grant.objects.get_or_create(user=user, role=Role.CITY_OFFICER)
    client = Client()
    client.force_login(user, backend="rongtong.portal.people.backends.ByPassword")
    return client


def took(client: Any, firm: str) -> float:
    """Milliseconds of the processor until the page of *firm* is answered."""
    start = time.process_time()
    answer = client.get(f"/firms/{firm}/", headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{firm} answered {answer.status_code}")
    return (time.process_time() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--firms", type=int, default=40)
    given = parser.parse_args()
    client = officer(given.home)
    from rongtong.portal.registry.models import Firm  # noqa: PLC0415 -- Django is loaded by now

    firms = list(Firm.objects.order_by("n").values_list("id", flat=True))
    asked = random.Random(3).sample(firms, given.firms + WARM)
    for firm in asked[:WARM]:
        took(client, firm)
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    for look in ("first", "second"):
        times = [took(client, firm) for firm in asked[WARM:]]
        p50, p95 = np.percentile(times, (50, 95))
        print(f"{look:8} p50 {p50:.0f} ms, p95 {p95:.0f} ms of the processor ({len(firms):,} firms, load {load})")


if __name__ == "__main__":
    main()
