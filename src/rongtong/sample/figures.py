"""Amounts, people and technology of every firm, drawn jointly by industry."""

from __future__ import annotations

import numpy as np

from rongtong.sample.parameters import Floats, Industries, Ints, Rng, industries, world

Columns = dict[str, Floats]


class Draw:
    """The firms being drawn: their industries, latent traits, year of registration, and a stream of chance."""

    def __init__(self, industry: Ints, scale: Floats, rng: Rng) -> None:
        every: Industries = industries()
        self.every, self.industry, self.scale, self.rng, self.n = every, industry, scale, rng, len(industry)
        root = np.linalg.cholesky(np.array(every.correlation))
        latent = rng.standard_normal((self.n, len(every.traits))) @ root.T
        self.traits = dict(zip(every.traits, latent.T, strict=True))
        self.merit = _standard(latent @ np.array(every.merit))
        self.age = np.clip(np.round(np.exp(2.25 + 0.7 * self.traits["years"])), 1, 45)

    def by_industry(self, name: str, part: int | None = None) -> Floats:
        """A parameter of each firm's industry."""
        return self.every.column(name, part)[self.industry]

    def noise(self) -> Floats:
        """Fresh standard normal noise, one a firm."""
        return self.rng.standard_normal(self.n)

    def chance(self, share: Floats | float) -> Floats:
        """1.0 with probability *share*, else 0.0."""
        return (self.rng.random(self.n) < share).astype(float)


def _standard(values: Floats) -> Floats:
    result: Floats = (values - values.mean()) / max(float(values.std()), 1e-9)
    return result


def _yuan(wan: Floats) -> Floats:
    """万元 to yuan, whole hundreds: what two decimals in 万元 can say."""
    return np.round(wan * 100) * 100


def amounts(draw: Draw) -> Columns:
    """Revenue, profit, balance sheet and R&D of each year in yuan; NaN before a firm existed."""
    columns: Columns = {}
    revenue = draw.by_industry("revenue", 0) * np.exp(draw.by_industry("revenue", 1) * draw.traits["size"])
    revenue = revenue * draw.scale
    growth, last = draw.by_industry("growth", 0), world().reporting_year
    for year in reversed(world().years):
        exists = last - year < draw.age
        columns |= {f"{name}[{year}]": np.where(exists, _yuan(v), np.nan) for name, v in _year(draw, revenue).items()}
        swing = 0.6 * draw.traits["growth"] + 0.8 * draw.noise()
        rate = growth + draw.every.year_shift[year] + draw.by_industry("growth", 1) * swing
        revenue = revenue / (1 + np.clip(rate, -0.6, 2.5))
    return columns


def _year(draw: Draw, revenue: Floats) -> Columns:
    """One year's statement in 万元 from its revenue."""
    share = np.clip(1 - np.abs(0.09 * draw.noise()), 0.35, 1)
    margin = draw.by_industry("margin", 0) + draw.by_industry("margin", 1) * _blend(draw, "margin")
    profit = revenue * np.clip(margin, -0.8, 0.55)
    assets = revenue * draw.by_industry("assets") * np.exp(0.3 * draw.noise())
    debt = np.clip(draw.by_industry("debt", 0) + draw.by_industry("debt", 1) * _blend(draw, "debt"), 0.03, 1.3)
    intensity = draw.by_industry("intensity", 0) * np.exp(draw.by_industry("intensity", 1) * _blend(draw, "intensity"))
    return {
        "revenue": revenue,
        "main_revenue": revenue * share,
        "net_profit": profit,
        "total_profit": np.where(profit > 0, profit / 0.87, profit),
        "tax_paid": revenue * np.clip(0.035 + 0.02 * draw.noise(), 0.002, 0.2),
        "total_assets": assets,
        "total_liabilities": assets * debt,
        "rd_expense": revenue * np.clip(intensity, 0, 0.9),
    }


def _blend(draw: Draw, trait: str) -> Floats:
    """A lasting trait and a year's accident."""
    result: Floats = 0.85 * draw.traits[trait] + 0.5 * draw.noise()
    return result


def people(draw: Draw, money: Columns) -> Columns:
    """Staff and R&D staff of each year, and years in the segment."""
    columns: Columns = {}
    per_head = draw.by_industry("per_head", 0) * np.exp(draw.by_industry("per_head", 1) * draw.noise())
    for year in world().years:
        staff = np.maximum(3, np.round(money[f"revenue[{year}]"] / 10_000 / per_head))
        share = draw.by_industry("rd_staff") * np.exp(0.45 * draw.traits["intensity"] + 0.15 * draw.noise())
        columns[f"staff[{year}]"] = staff
        columns[f"rd_staff[{year}]"] = np.round(staff * np.clip(share, 0, 0.85))
    since = np.floor(draw.age * np.clip(0.95 - np.abs(0.25 * draw.noise()), 0.15, 1))
    columns[f"segment_years[{world().reporting_year}]"] = since
    return columns


def rights(draw: Draw) -> Columns:
    """Stated counts of intellectual property; each subset within what contains it."""
    size = np.exp(0.35 * draw.traits["size"] + 0.8 * draw.traits["invention"])
    one = draw.rng.poisson(draw.by_industry("patents", 0) * 0.75 * size)
    two = draw.rng.poisson(draw.by_industry("patents", 1) * 0.8 * size)
    return {
        "ip.class_1": one.astype(float),
        "ip.class_1_own": draw.rng.binomial(one, 0.82).astype(float),
        "ip.class_1_high_value": draw.rng.binomial(one, 0.09).astype(float),
        "ip.invention": one + draw.rng.binomial(3, 0.06, draw.n).astype(float),
        "ip.class_2": two.astype(float),
    }


def standing(draw: Draw) -> Columns:
    """Yes-or-no facts and ordinal levels (as numbers), likelier the better a firm is."""
    better = 1 / (1 + np.exp(-draw.merit))
    return {
        "strategic_emerging": draw.chance(draw.by_industry("emerging")),
        "six_bases": draw.chance(draw.by_industry("bases")),
        "time_honoured": draw.chance(0.003),
        "product_prohibited": draw.chance(0.003),
        "fills_gap": draw.chance(0.14 * better),
        "serves_chain_leader": draw.chance(0.2 + 0.4 * better),
        "quality_award": draw.chance(0.05 * better),
        "qms_certified": draw.chance(0.35 + 0.5 * better),
        "own_brand": draw.chance(0.35 + 0.45 * better),
        "standards_count": draw.rng.poisson(0.9 * better**2).astype(float),
        "digital_level": np.digitize(draw.merit + draw.noise(), [-0.8, 0.6, 2.0]).astype(float),
        "rd_institution_level": np.digitize(draw.merit + 0.7 * draw.noise(), [-0.6, 0.3, 1.0, 2.7]).astype(float),
        "local_score": np.clip(np.round(7 + 3 * draw.merit + 2 * draw.noise()), 0, 15),
    }
