"""The sample's parameters: the readable files in ``sample/data``, checked when they are loaded."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rongtong.definitions.loader import M, Model, read

Rng = np.random.Generator
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[float, float]
Batch = tuple[str, date, float]


class Tier(Model):
    """A list of title holders: how many, how they overlap with the list below, and its batches (name, date, share)."""

    id: str
    kind: str
    count: int
    inside: float
    noise: float
    prefix: str
    authority: str
    member: float
    batches: tuple[Batch, ...]


class OtherTitle(Model):
    """A further title: its share at middling merit and how merit raises it (logit slope); valid for *years*."""

    kind: str
    share: float
    slope: float
    prefix: str
    authority: str
    years: int
    batches: tuple[Batch, ...]


class Role(Model):
    """Firms that are not ordinary: how many at the default size, and what multiplies their revenue."""

    id: str
    count: int
    scale: float
    member: float


class District(Model):
    """A district, the region code its firms register under, its share of firms and some of its streets."""

    name: str
    code: str
    weight: float
    streets: tuple[str, ...]


class World(Model):
    """Everything of the sample's world but its names and industries."""

    default_firms: int
    reference_date: date
    reporting_year: int
    years: tuple[int, ...]
    tiers: tuple[Tier, ...]
    other_titles: tuple[OtherTitle, ...]
    roles: tuple[Role, ...]
    member_otherwise: float
    districts: tuple[District, ...]
    elsewhere: tuple[tuple[str, str], ...]
    chains: dict[str, tuple[str, ...]]
    rates: dict[str, float]

    def scaled(self, count: int, firms: int) -> int:
        """*count* at the default size, for a sample of *firms*: at least one."""
        return max(1, round(count * firms / self.default_firms))


class Names(Model):
    """Parts of made-up names."""

    first: str
    second: str
    third: str
    rare: str
    forms: tuple[tuple[str, float], ...]
    patterns: tuple[tuple[str, float], ...]
    surnames: str
    given: tuple[str, ...]
    roads: tuple[str, ...]
    investors: tuple[str, ...]
    never: tuple[str, ...]


class Industry(Model):
    """The distributions of one industry; ``industries.yaml`` says what each means."""

    name: str
    code: str
    weight: float
    revenue: Pair
    per_head: Pair
    growth: Pair
    intensity: Pair
    margin: Pair
    debt: Pair
    assets: float
    rd_staff: float
    patents: Pair
    emerging: float
    bases: float
    size: str
    chains: tuple[str, ...]
    business: tuple[str, ...]
    products: tuple[str, ...]


class Industries(Model):
    """All industries, and how a firm's traits go together."""

    year_shift: dict[int, float]
    traits: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]
    merit: tuple[float, ...]
    size_lines: dict[str, dict[str, tuple[float, float, float]]]
    industries: tuple[Industry, ...]

    def column(self, name: str, part: int | None = None) -> Floats:
        """One parameter of every industry, in their order; *part* 0 or 1 of a pair."""
        values = [getattr(industry, name) for industry in self.industries]
        return np.array(values if part is None else [value[part] for value in values], dtype=float)


def folder() -> Path:
    """The folder of the sample's parameters."""
    return Path(str(resources.files("rongtong.sample") / "data"))


def _load(file: str, model: type[M]) -> M:
    return read(folder() / file).parse(model)


@cache
def world() -> World:
    """``world.yaml``: districts, titles, chains, rates."""
    return _load("world.yaml", World)


@cache
def names() -> Names:
    """``names.yaml``: the parts of made-up names."""
    return _load("names.yaml", Names)


@cache
def industries() -> Industries:
    """``industries.yaml``: the distributions by industry."""
    return _load("industries.yaml", Industries)
