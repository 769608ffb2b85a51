"""Half-written things go, after a day; whole ones stay."""

from __future__ import annotations

import os

from making import code, put
from rongtong.facts import leftovers


def test_what_a_killed_process_left_goes_after_a_day(alliance):
    put(alliance, [{"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)}], file="甲")
    alliance.settle()
    (alliance.home / "portal" / "uploads" / "readings" / "7").mkdir(parents=True)
    kept = sorted(path for path in alliance.home.rglob("*"))
    old, new = alliance.home / "claims" / ".old", alliance.home / "snapshots" / ".new"
    files = [alliance.home / "journal" / ".old", alliance.home / "portal" / "uploads" / "readings" / "7" / ".old.xlsx"]
    (old / "inside").mkdir(parents=True)
    for path in (*files, new):
        path.touch()
    for path in (old, *files):
        os.utime(path, (0, 0))
    assert sorted(leftovers.sweep(alliance.home)) == [old, *files]
    assert sorted(path for path in alliance.home.rglob("*")) == sorted([*kept, new])
