"""Titles held: who is on which list, and the records of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from rongtong.sample.naming import join, pick
from rongtong.sample.parameters import Batch, Bools, Floats, Ints, OtherTitle, Rng, Tier, world


def tiers(merit: Floats, ordinary: Bools, rng: Rng) -> dict[str, Bools]:
    """For each tier, the firms on its list: exactly its count, scaled; the better a firm, the likelier.

    Of a list's firms the stated share is also on the list below it; the rest of that list is filled by merit.
    """
    held: dict[str, Bools] = {}
    above: Bools = np.zeros(len(merit), bool)
    share = 0.0
    for tier in world().tiers:
        count = min(world().scaled(tier.count, len(merit)), int(ordinary.sum()))
        kept = _best(np.where(above, rng.random(len(merit)), -np.inf), min(round(share * above.sum()), count))
        score = np.where(ordinary & ~above, merit + tier.noise * rng.standard_normal(len(merit)), -np.inf)
        rest = _best(score, count - len(kept))
        above = np.zeros(len(merit), bool)
        above[kept] = above[rest] = True
        held[tier.id], share = above, tier.inside
    return held


def _best(score: Floats, count: int) -> Ints:
    order: Ints = np.argsort(-score, kind="stable")
    return order[:count]


def ledger(held: dict[str, Bools], merit: Floats, ordinary: Bools, born: Ints, rng: Rng) -> pa.Table:
    """One row a title held: ``n`` and the attributes of the list ``titles``; *born* is the year of registration."""
    parts = [_records(tier, 3, np.flatnonzero(held[tier.id]), born, rng) for tier in world().tiers]
    for title in world().other_titles:
        level = np.log(title.share / (1 - title.share)) + title.slope * merit
        old_enough = born < title.batches[-1][1].year
        holders = ordinary & old_enough & (rng.random(len(merit)) < 1 / (1 + np.exp(-level)))
        parts.append(_records(title, title.years, np.flatnonzero(holders), born, rng))
    return pa.concat_tables(parts)


def _records(title: Tier | OtherTitle, years: int, firms: Ints, born: Ints, rng: Rng) -> pa.Table:
    batch = _batches(title.batches, born[firms], rng)
    granted = [day for _, day, _ in title.batches]
    year = pick([str(day.year) for day in granted], batch)
    serial = pa.array([f"{i:05d}" for i in range(1, len(firms) + 1)], pa.string())
    until = [day.replace(year=day.year + years) for day in granted]
    return pa.table({
        "n": pa.array(firms),
        "kind": pa.array([title.kind] * len(firms), pa.string()),
        "authority": pa.array([title.authority] * len(firms), pa.string()),
        "batch": pick([name for name, _, _ in title.batches], batch),
        "number": join(title.prefix, "-", year, "-", serial),
        "granted_on": pa.array(granted, pa.date32()).take(pa.array(batch)),
        "valid_until": pa.array(until, pa.date32()).take(pa.array(batch)),
    })  # fmt: skip  # read by rows


def _batches(batches: Sequence[Batch], born: Ints, rng: Rng) -> Ints:
    """A batch for each firm by the batches' shares; the last one for a firm too young for the one drawn."""
    weights = np.array([share for _, _, share in batches])
    drawn = rng.choice(len(batches), len(born), p=weights / weights.sum())
    years = np.array([day.year for _, day, _ in batches])
    return np.where(years[drawn] <= born, len(batches) - 1, drawn)
