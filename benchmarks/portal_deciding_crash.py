"""All or nothing where people decide: killed (SIGKILL) while filings are confirmed and duplicates judged.

python benchmarks/portal_deciding_crash.py
python benchmarks/portal_deciding_crash.py --kills 50

One portal (a folder, SQLite). A process confirms a filing, says of a pair of records that they are two firms, takes
that back, and so on; at a random moment it is killed. What the next start of the server does (``end_all``) is done in
a process of its own; then no entry of the journal may be unknown to the trail or told twice, a filing must be confirmed
exactly when its figure is in force, and the trail's chain must hold. Prints how many kills left something to be ended.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from portal_client import AROUND, ENVIRONMENT
from portal_crash import base


def work(home: Path) -> None:
    """Decide one thing after the other, until killed."""
    from rongtong.portal import hosting  # noqa: PLC0415 -- Django must be loaded first, for one folder

    hosting.settle_in(home)
    from rongtong.portal.filings import operations as filings  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.people.models import Grant, Role, User  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.queues import operations as queues  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.registry import current  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.registry.models import Firm  # noqa: PLC0415 -- Django must be loaded first, for one folder

    city = User.objects.get(pk=Grant.objects.filter(role=Role.CITY_OFFICER).values_list("user", flat=True)[0])
    with current.snapshot().connect() as connection:
        mentions = [one for (one,) in connection.execute("SELECT min(mention) FROM mentions GROUP BY n").fetchall()]
    firms = list(Firm.objects.order_by("n")[:20])
    print("ready", flush=True)
    while True:
        firm = random.choice(firms)
        owner, _new = User.objects.get_or_create(phone=f"139{firm.n:08d}")
        Grant.objects.get_or_create(user=owner, role=Role.FIRM, firm=firm.id, capacity="finance")
        told = {"slot": "revenue[2020]", "value": f"{random.randint(1, 10**6)}万元", "source": "firm_form"}
        made = filings.file(actor=User.objects.get(pk=owner.pk), firm=firm, **told)
        filings.confirm(actor=city, filing=made)
        left, right = random.sample(mentions, 2)
        queues.take_back(actor=city, entry=queues.judge(actor=city, left=left, right=right, same=False))


def after(home: Path) -> None:
    """End what was left; print how much that was, and what disagrees."""
    from rongtong.portal import hosting  # noqa: PLC0415 -- Django must be loaded first, for one folder

    hosting.settle_in(home)
    from rongtong.portal.audit.models import Trail  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.audit.queries import first_break  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.filings.models import Filing  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.registry.current import alliance  # noqa: PLC0415 -- Django must be loaded first, for one folder
    from rongtong.portal.registry.ending import DURING, end_all, unended  # noqa: PLC0415 -- Django must be loaded first, for one folder

    left = [one.body[DURING]["act"] for one in unended(alliance())]
    end_all(alliance())
    begun = [one for one in alliance().log.verify() if DURING in one.body]
    told = Counter(Trail.objects.filter(detail__has_key="entry").values_list("detail__entry", flat=True))
    wrong = [f"entry {one.number} is told {told[one.number]} times" for one in begun if told[one.number] != 1]
    entered = {
        (one.body[DURING]["subject"], one.number) for one in begun if one.body[DURING]["act"] == "filings.confirm"
    }
    confirmed = {(f"filings.filing:{one.pk}", one.entry) for one in Filing.objects.filter(state="confirmed")}
    wrong += [f"{one} is on one side only" for one in entered ^ confirmed]
    wrong += [f"the trail breaks at {number}" for number in [first_break()] if number]
    json.dump({"left": left, "wrong": wrong, "entries": len(begun)}, sys.stdout)


def killed(home: Path, seconds: float) -> None:
    """Let :func:`work` go on for *seconds* and kill it."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--work", str(home)], env={**AROUND, **ENVIRONMENT}, stdout=subprocess.PIPE
    )
    if process.stdout is None or process.stdout.readline() != b"ready\n":
        raise RuntimeError("the work did not begin")
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def run(kills: int, seed: int, folder: Path) -> tuple[Counter[str], list[str], int]:
    """What was left to be ended, by operation; what disagreed; how many entries were made."""
    chance, (home, _file) = random.Random(seed), base(folder, 40)
    left, wrong, entries = Counter[str](), list[str](), 0
    for _kill in range(kills):
        killed(home, chance.uniform(1, 12))
        command = [sys.executable, __file__, "--after", str(home)]
        told = subprocess.run(command, env={**AROUND, **ENVIRONMENT}, capture_output=True, text=True, check=True)
        found = json.loads(told.stdout)
        left.update(found["left"])
        wrong += found["wrong"]
        entries = found["entries"]
    return left, wrong, entries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--after", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(given.work)
    elif given.after:
        after(given.after)
    else:
        with tempfile.TemporaryDirectory(prefix="portal-deciding-crash-") as folder:
            left, wrong, entries = run(given.kills, given.seed, Path(folder))
        print(f"{given.kills} kills, {entries} entries; left to be ended: {dict(left) or 'nothing'}")
        print("disagreements: " + ("; ".join(wrong) or "none"))
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
