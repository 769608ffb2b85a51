"""What if a bound were another: seconds to an answer with counts, once every firm's atoms are known.

    python benchmarks/what_if.py --firms 100000 [--portal]

With ``--portal`` it is the page that is asked, as a moved slider asks it: through Django's test client, signed in as an
officer of the city, the engine opened by the page itself, the whole piece of the page drawn. Exits with 1 when an
answer takes a second or more.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from assess_snapshot import generate
from portal_directory import settle_in
from rongtong.facts.snapshot import Snapshot
from rongtong.qualify.assess import program_of
from rongtong.qualify.short import short
from rongtong.qualify.what_if import WhatIf

BOOK = "cn/srdi-sme@2022"
SETS = (
    {"condition.2.amount": "80万元"}, {"condition.4.score": "55分"}, {"indicator.1/5": "75%"},
    {"condition.2.share": "2%", "condition.1": "1年"}, {"indicator.2/10": "9%", "indicator.12/5": "15%"},
)  # fmt: skip


def measured(snapshot: Snapshot) -> float:
    """Print what the engine takes; the seconds of the slowest answer."""
    start = time.perf_counter()
    program = program_of(snapshot, "cn/srdi-sme", edition=None, purpose="new", as_of=None)
    asking = WhatIf(snapshot, program)
    print(f"{'warm-up':42} {time.perf_counter() - start:6.2f} s")
    times = []
    for sets in SETS:
        start = time.perf_counter()
        answer = asking.ask(sets)
        times.append(time.perf_counter() - start)
        said = " ".join(f"{name}={value}" for name, value in sets.items())
        print(f"{said:42} {times[-1]:6.2f} s  {answer.before['qualified']:,} → {answer.after['qualified']:,} qualified")
    print(f"{'median, slowest':42} {median(times):6.2f} s {max(times):.2f} s")
    start = time.perf_counter()
    found = short(asking)
    print(f"{'one step short':42} {time.perf_counter() - start:6.2f} s  {len(found):,} firms")
    return max(times)


def by_the_portal(snapshot: Snapshot, home: Path) -> float:
    """Print what the page takes; the seconds of the slowest move."""
    settle_in(home, snapshot)
    from django.test import Client  # noqa: PLC0415 -- Django must be loaded first

    from rongtong.portal.people.models import Grant, Role, User  # noqa: PLC0415 -- Django must be loaded first

    officer = User.objects.create_user("13900000000", name="经办")
    Grant.objects.create(user=officer, role=Role.CITY_OFFICER)
    client, times = Client(), []
    client.force_login(officer, backend="rongtong.portal.people.backends.ByPassword")
    took(client, "the page, its engine opened", {}, moved=False)
    for sets in SETS:
        said = " ".join(f"{name}={value}" for name, value in sets.items())
        times.append(took(client, said, {name: value.rstrip("万元分年%") for name, value in sets.items()}))
    print(f"{'median, slowest':42} {median(times):6.2f} s {max(times):.2f} s")
    for page in ("short", "difference"):
        first, again = (answered(client, page, {})[0] for _time in range(2))
        print(f"{page + ', asked first, and again':42} {first:6.2f} s {again:.2f} s")
    return max(times)


def took(client: Any, said: str, bounds: dict[str, str], *, moved: bool = True) -> float:
    """Seconds until the page has answered to *bounds*."""
    spent, page = answered(client, "bounds", bounds, **({"HX-Request": "true"} if moved else {}))
    qualified = re.search('class="is-yes">([0-9,]+)<', page)
    print(f"{said:42} {spent:6.2f} s  {qualified and qualified[1]} qualified, {len(page):,} characters")
    return spent


def answered(client: Any, page: str, query: dict[str, str], **headers: str) -> tuple[float, str]:
    """Seconds until a page was answered, and the page."""
    start = time.perf_counter()
    answer = client.get(f"/what-if/{page}/", {"rulebook": BOOK} | query, headers={"host": "localhost"} | headers)
    spent = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{page} {query} answered {answer.status_code}")
    return spent, answer.content.decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--portal", action="store_true", help="ask the page, not the engine")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="what-if-") as work:
        snapshot = Snapshot(generate(Path(work) / "s", given.firms))
        slowest = by_the_portal(snapshot, Path(work) / "home") if given.portal else measured(snapshot)
    sys.exit(slowest >= 1)


if __name__ == "__main__":
    main()
