"""A million made-up mentions: codes checked, names normalised, all of them linked."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from rongtong.identity import check_column, link, make_column, normalise_column
from rongtong.identity.duplicates import duplicates

_SYLLABLES = (
    "海德金泰华恒信达瑞丰盛源通汇博远宏昌力鑫诚安康明正中天宇嘉美佳新东方永兴隆顺凯旋锐捷宝利龙腾飞鹏翔云峰昇喆璟碁"
)
_PLACES = ("青岛", "济南", "烟台", "潍坊", "山东", "青岛市", "威海", "临沂", "淄博", "日照")
_TRADES = ("电子", "机械", "新材料", "生物科技", "智能装备", "化工", "食品", "软件", "模具", "环保科技", "海洋工程")


def _timed(label: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"{label:44} {time.perf_counter() - start:7.2f} s")
    return result


def _firms(rows: int, rng: np.random.Generator) -> pa.Table:
    syllables = np.array(list(_SYLLABLES))
    marks = syllables[rng.integers(0, len(syllables), (rows, 3))]
    places, trades = rng.integers(0, len(_PLACES), rows), rng.integers(0, len(_TRADES), rows)
    forms = np.where(rng.random(rows) < 0.1, "有限责任公司", "有限公司")
    names = [
        f"{_PLACES[p]}{a}{b}{c}{_TRADES[t]}{form}"
        for p, (a, b, c), t, form in zip(places, marks, trades, forms, strict=True)
    ]
    codes = make_column(["370202"] * rows, np.arange(rows))
    missing = np.zeros(rows, bool)
    missing[rng.choice(rows, rows // 1000, replace=False)] = True
    uscc = pa.array(np.where(missing, None, codes.to_numpy(zero_copy_only=False)), pa.string())
    return pa.table({"mention": [f"m{n:08}" for n in range(rows)], "uscc": uscc, "name": names})


def speed(rows: int) -> None:
    table = _firms(rows, np.random.default_rng(7))
    print(f"\n{rows:,} mentions, 0.1 % without a code")
    _timed("check_column", lambda: check_column(table["uscc"]))
    _timed("normalise_column", lambda: normalise_column(table["name"]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    links = _timed("link", lambda: link(table))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'peak memory of the process (before link)':44} {peak / 1e6:7.2f} GB ({before / 1e6:.2f})")
    why = Counter(links.groups["why"].to_pylist())
    print("why:", dict(why), "questions:", len(links.questions))


def twice(rows: int) -> None:
    """All duplicates of a registry of *rows* made-up firms."""
    table = _firms(rows, np.random.default_rng(7))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = time.process_time()
    found = _timed(f"duplicates of {rows:,} firms", lambda: duplicates(table))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(found):,} pairs, {time.process_time() - own:.0f} s of processor time")
    print(f"{'peak memory of the process (before)':44} {peak / 1e6:7.2f} GB ({before / 1e6:.2f})", flush=True)
