"""Record lists of the firms that sent one: patents, awards, equity rounds, products; and negative records."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rongtong.sample.naming import businesses, join, pick
from rongtong.sample.parameters import Floats, Ints, Rng, names, world

_NEGATIVE = {
    "经营异常名录": "通过登记的住所无法联系",
    "严重失信": "列入严重违法失信名单",
    "安全事故": "较大生产安全责任事故",
    "质量事故": "产品监督抽查发现严重质量问题",
    "环境污染事故": "超标排放造成环境污染",
    "偷漏税": "经稽查认定少缴税款",
}


def ip(counts: dict[str, Floats], who: Ints, product: pa.Array, rng: Rng) -> pa.Table:
    """One row a right of the firms *who*; their rows agree with the stated *counts*."""
    one, own, high, invention, two = (
        counts[f"ip.{part}"][who].astype(int)
        for part in ("class_1", "class_1_own", "class_1_high_value", "invention", "class_2")
    )
    length = invention + two
    at = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    first, is_invention = np.repeat(one, length), at < np.repeat(invention, length)
    kind = np.where(is_invention, 0, rng.choice([1, 2, 3], len(at), p=[0.68, 0.12, 0.2]))
    granted = _days(rng, len(at), 2014, 2021)
    n = np.repeat(who, length)
    topic = pick(["结构", "装置", "制备方法", "控制系统", "检测方法"], rng.integers(0, 5, len(at)))
    return pa.table({
        "n": n,
        "number": _numbers(kind, granted, rng),
        "title": join("一种", product.take(pa.array(n)), "的", topic),
        "kind": pick(["发明专利", "实用新型", "外观设计", "软件著作权"], kind),
        "granted_on": pa.array(granted),
        "own_development": pa.array(np.where(is_invention, at < np.repeat(own, length), rng.random(len(at)) < 0.9)),
        "high_value": pa.array(is_invention & (at < np.repeat(high, length))),
        "related": pa.array(~is_invention | (at < first)),
    })  # fmt: skip  # read by rows


def _days(rng: Rng, n: int, first: int, last: int) -> NDArray[np.datetime64]:
    start, end = (np.datetime64(date(year, 1, 1)).astype(int) for year in (first, last + 1))
    return rng.integers(start, end, n).astype("datetime64[D]")


def _numbers(kind: Ints, granted: NDArray[np.datetime64], rng: Rng) -> pa.Array:
    """Patent numbers ZL + year filed + kind + serial, registration numbers of software; all distinct."""
    year = granted.astype("datetime64[Y]").astype(int) + 1970 - np.where(kind == 0, 2, 1)
    serial = pc.cast(pa.array(rng.choice(9_000_000, len(kind), replace=False) + 1_000_000), pa.string())
    check = pick("0123456789X", rng.integers(0, 11, len(kind)))
    written = pc.cast(pa.array(year), pa.string())
    patent = join("ZL", written, pick("1230", kind), serial, ".", check)
    return pc.if_else(pa.array(kind == 3), join(written, "SR", serial), patent)


def awards(merit: Floats, product: pa.Array, rng: Rng) -> pa.Table:
    """Science awards and places in the makers' contest within three years."""
    who = np.flatnonzero(rng.random(len(merit)) < world().rates["award"] * np.exp(0.9 * merit) / 1.5)
    maker = rng.random(len(who)) < 0.08
    level = rng.choice(3, len(who), p=[0.45, 0.47, 0.08])
    place = pick(["青岛市", "山东省", "国家"], level)
    prize = pick(["科技进步奖一等奖", "科技进步奖二等奖", "技术发明奖三等奖"], rng.integers(0, 3, len(who)))
    title = join(place, prize, "：", product.take(pa.array(who)), "关键技术及应用")
    text = pa.array(maker)
    return pa.table({
        "n": who,
        "name": pc.if_else(text, "“创客中国”中小企业创新创业大赛", title),
        "kind": pc.if_else(text, "创客中国500强企业组", "科技奖励"),
        "level": pc.if_else(text, "国家级", pick(["市级", "省级", "国家级"], level)),
        "rank": pa.array(np.where(maker, rng.integers(1, 500, len(who)), rng.integers(1, 8, len(who)))),
        "year": pa.array(rng.integers(2019, 2022, len(who))),
    })  # fmt: skip  # read by rows


def financing(merit: Floats, rng: Rng) -> pa.Table:
    """Equity rounds of 2020 and 2021; amounts in yuan."""
    who = np.flatnonzero(rng.random(len(merit)) < world().rates["financing"] * np.exp(0.8 * merit) / 1.4)
    funds = names().investors
    return pa.table({
        "n": who,
        "round": pick(["天使轮", "A轮", "B轮", "C轮"], rng.choice(4, len(who), p=[0.3, 0.4, 0.2, 0.1])),
        "investor": pick(funds, rng.integers(0, len(funds), len(who))),
        "amount": pa.array(np.round(np.exp(7.2 + 0.9 * rng.standard_normal(len(who))) / 10) * 100_000),
        "investor_qualified": pa.array(rng.random(len(who)) < 0.8),
        "year": pa.array(rng.integers(2020, 2022, len(who))),
    })  # fmt: skip  # read by rows


def products(main: pa.Array, industry: Ints, revenue: Floats, who: Ints, rng: Rng) -> pa.Table:
    """The main product of the firms *who* with its revenue, and for a part of them one more."""
    more = who[rng.random(len(who)) < 0.5]
    extra = join(businesses(industry[more], rng, "products"), "（配套）")
    n, is_main = np.concatenate([who, more]), np.arange(len(who) + len(more)) < len(who)
    share = np.where(is_main, 0.55 + 0.35 * rng.random(len(n)), 0.08 * rng.random(len(n)))
    return pa.table({
        "n": n,
        "name": pa.concat_arrays([main.take(pa.array(who)), extra]),
        "revenue": pa.array(np.round(revenue[n] * share / 100) * 100),
        "is_main": pa.array(is_main),
    }).sort_by([("n", "ascending"), ("is_main", "descending")])  # fmt: skip  # read by rows


def negative(n: int, rng: Rng) -> pa.Table:
    """The few negative records the bureaus know of."""
    hits = rng.random((len(_NEGATIVE), n)) < world().rates["negative"]
    kind, who = np.nonzero(hits)
    year = rng.integers(2019, 2023, len(who))
    serial = [f"青样罚〔{y}〕{i}号" for i, y in enumerate(year.tolist(), 1)]
    return pa.table({
        "n": who,
        "kind": pick(list(_NEGATIVE), kind),
        "document": pa.array(serial, pa.string()),
        "year": pa.array(year),
        "detail": pick(list(_NEGATIVE.values()), kind),
    })  # fmt: skip  # read by rows
