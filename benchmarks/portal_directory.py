"""The directory page over a million generated firms, as the portal serves it: p50 / p95 of the whole answer by kind.

    python benchmarks/portal_directory.py --firms 1000000 [--folder FOLDER]

The page is asked through Django's test client: middleware, the query with its total and its filter bar, the template.
FOLDER/<firms> is the one of ``search.py``: what stands there is not made again. Every page is asked once, after a
few others; on a busy machine the processor time says more than the clock. Exits with 1 when the p95 of all
is above ``--most`` milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from portal_client import ENVIRONMENT
from rongtong.facts.snapshot import Snapshot
from rongtong.search import build
from search import piece
from search_snapshot import CHAINS, DISTRICTS, INDUSTRIES, Drawn, draw, generate

FILTERS = {"district": DISTRICTS[0], "industry": INDUSTRIES[0]}
BROAD = ("青岛", "有限公司", "科技")


def questions(drawn: Drawn) -> dict[str, list[dict[str, Any]]]:
    """What people ask, by kind; nothing is asked twice."""
    chance = random.Random(1)

    def words(size: int) -> list[dict[str, Any]]:
        return [{"q": piece(name, size, chance)} for name in drawn.names]

    return {
        "the page itself": [{"page": str(page)} for page in range(1, 21)],
        **{f"{size} characters": words(size) for size in (2, 3, 4)},
        "2 characters, 2 filters": [one | FILTERS for one in words(2)],
        "2 characters, title": [one | {"title": "省级专精特新"} for one in words(2)],
        "青岛, 有限公司, 科技": [{"q": one, "district": at} for one in BROAD for at in ("", *DISTRICTS)],
        "pinyin": [{"q": sound[: chance.randint(2, 16)]} for sound in drawn.sounds],
        "initials": [{"q": piece(first, chance.randint(2, 6), chance)} for first in drawn.initials],
        "two words": [{"q": f"{piece(one, 2, chance)} {piece(one, 2, chance)}"} for one in drawn.names],
        "code, its beginning": [{"q": code[: chance.randint(6, 18)]} for code in drawn.codes],
        "filters alone": [{"district": one, "chain": CHAINS[0]} for one in DISTRICTS],
        "page 500 of 青岛 and on": [{"q": "青岛", "page": str(page)} for page in range(500, 520)],
    }


def settle_in(home: Path, snapshot: Snapshot, index: Path | None = None) -> None:
    """A portal in *home* whose pages show *snapshot*, with its *index* if there is one."""
    os.environ |= ENVIRONMENT
    for folder, target in (("snapshots", snapshot.path), *([("search", index)] if index else [])):
        (home / folder).mkdir(parents=True)
        (home / folder / snapshot.id).symlink_to(target.resolve())
    from rongtong.portal import hosting  # noqa: PLC0415 -- the environment is chosen above

    hosting.settle_in(home)
    from rongtong.portal.hosting import preparing  # noqa: PLC0415 -- Django must be loaded first
    from rongtong.portal.registry.models import Current  # noqa: PLC0415 -- Django must be loaded first

    preparing.prepare(lambda _step, _share: None)
    Current.objects.create(snapshot=snapshot.id, head=0, digest="")


def measure(firms: int, folder: Path, number: int) -> float:
    """Print the table; the p95 of all queries."""
    kept = folder / "snapshot"
    snapshot = Snapshot(kept if kept.is_dir() else generate(kept, firms))
    build(snapshot, folder / "search")
    with tempfile.TemporaryDirectory(prefix="portal-directory-") as home:
        settle_in(Path(home), snapshot, folder / "search")
        from django.test import Client  # noqa: PLC0415 -- Django must be loaded first

        client = Client()
        load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
        print(f"{firms:,} firms (load {load})")
        print(f"  {'kind of page':28} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'p95 CPU':>8}")
        for warm in ("联盟", "示范", "qd"):
            took(client, {"q": warm})
        found = {kind: [took(client, one) for one in own] for kind, own in questions(draw(snapshot, number)).items()}
        for kind, times in found.items():
            row(kind, times)
        return row("all", [one for times in found.values() for one in times])


def took(client: Any, given: dict[str, Any]) -> tuple[float, float]:
    """Milliseconds, by the clock and of the processor, until a page is answered."""
    start = time.perf_counter(), time.process_time()
    answer = client.get("/firms/", given, headers={"host": "localhost"})
    spent = (time.perf_counter() - start[0]) * 1000, (time.process_time() - start[1]) * 1000
    if answer.status_code != 200 or b"rt-facets" not in answer.content:
        raise RuntimeError(f"{given} answered {answer.status_code}")
    return spent


def row(kind: str, times: list[tuple[float, float]]) -> float:
    """Print one kind; its p95."""
    wall, spent = zip(*times, strict=True)
    p50, p95, processor = np.percentile(wall, 50), np.percentile(wall, 95), np.percentile(spent, 95)
    print(f"  {kind:28} {len(times):>5} {p50:>8.1f} {p95:>8.1f} {processor:>8.1f}", flush=True)
    return float(p95)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--most", type=float, default=100, help="the p95 in milliseconds that is not to be passed")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-") as temporary:
        p95 = measure(given.firms, (given.folder or Path(temporary)) / str(given.firms), given.queries)
    sys.exit(p95 > given.most)


if __name__ == "__main__":
    main()
