"""Every firm of the sample: who it is, what is true of it, which titles and records it has."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rongtong.sample import figures, identities, records, titles, typed
from rongtong.sample.figures import Draw
from rongtong.sample.naming import pick
from rongtong.sample.parameters import Bools, Floats, Ints, Rng, industries, world


@dataclass(frozen=True)
class Population:
    """*firms*: one row a firm, ``n``, ``role``, ``member``, then a typed column a slot. *lists*: records with ``n``.

    *merit* is the latent trait that titles follow; *seed* made it all.
    """

    seed: int
    firms: pa.Table
    lists: dict[str, pa.Table]
    merit: Floats = field(repr=False)

    def __len__(self) -> int:
        return int(self.firms.num_rows)


def populate(firms: int, seed: int) -> Population:
    """Draw *firms* firms from *seed*. Vectorised: a million take some tens of seconds."""
    rng = np.random.default_rng(seed)
    role, scale = _roles(firms, rng)
    weights = industries().column("weight")
    industry = rng.choice(len(weights), firms, p=weights / weights.sum())
    draw = Draw(industry, scale, rng)
    born = (world().reporting_year + 1 - draw.age).astype(int)
    who = identities.draw(role, industry, born, rng)
    facts = _facts(draw)
    ordinary = ~np.isin(role, ["chain_leader", "large", "branch", "elsewhere"])
    held = titles.tiers(draw.merit, ordinary, rng)
    lists = _lists(draw, facts, who, titles.ledger(held, draw.merit, ordinary, born, rng))
    facts |= _stated(lists, firms)
    columns = {"n": pa.array(np.arange(firms)), "role": pa.array(role), "member": _members(role, held, rng)} | who
    columns |= {slot: typed.column(slot, values) for slot, values in facts.items()}
    columns["size_class"] = _sizes(industry, facts)
    return Population(seed, pa.table(columns), lists, draw.merit)


def _roles(n: int, rng: Rng) -> tuple[NDArray[np.str_], Floats]:
    """A role for each firm (``ordinary`` for most), and what multiplies its revenue."""
    role, scale = np.full(n, "ordinary", dtype="U12"), np.ones(n)
    places, start = rng.permutation(n), 0
    for one in world().roles:
        chosen = places[start : start + world().scaled(one.count, n)]
        role[chosen], scale[chosen] = one.id, one.scale
        start += len(chosen)
    return role, scale


def _members(role: NDArray[np.str_], held: dict[str, Bools], rng: Rng) -> pa.Array:
    share = np.full(len(role), world().member_otherwise)
    for tier in reversed(world().tiers):
        share[held[tier.id]] = tier.member
    for one in world().roles:
        share[role == one.id] = one.member
    return pa.array(rng.random(len(role)) < share)


def _facts(draw: Draw) -> dict[str, Floats]:
    facts = figures.amounts(draw)
    facts |= figures.people(draw, facts) | figures.rights(draw) | figures.standing(draw)
    return facts | typed.derived(facts, world().years)


def _lists(draw: Draw, facts: dict[str, Floats], who: dict[str, pa.Array], ledger: pa.Table) -> dict[str, pa.Table]:
    rng, product = draw.rng, who["main_product"]
    senders = np.flatnonzero(rng.random(draw.n) < np.clip(world().rates["ip_list"] * np.exp(0.8 * draw.merit), 0, 0.95))
    revenue = np.nan_to_num(facts[f"revenue[{world().reporting_year}]"])
    return {
        "titles": ledger,
        "ip": records.ip(facts, senders, product, rng),
        "awards": records.awards(draw.merit, product, rng),
        "financing": records.financing(draw.merit, rng),
        "products": records.products(product, draw.industry, revenue, senders, rng),
        "negative_records": records.negative(draw.n, rng),
    }


def _stated(lists: dict[str, pa.Table], n: int) -> dict[str, Floats]:
    """Counts and sums that workbooks state of the lists."""
    ledger, rounds = lists["titles"], lists["financing"]
    high = ledger.filter(pc.equal(ledger["kind"], "高新技术企业"))["n"].to_numpy()
    stated = {"titles.high_tech.any": (np.bincount(high, minlength=n) > 0).astype(float)}
    for year in world().years[-2:]:
        ours = rounds.filter(pc.and_(pc.equal(rounds["year"], year), rounds["investor_qualified"]))
        sums = np.bincount(ours["n"].to_numpy(), ours["amount"].to_numpy(), minlength=n)
        stated[f"financing.qualified.amount[{year}]"] = np.where(sums > 0, sums, np.nan)
    return stated


def _sizes(industry: Ints, facts: dict[str, Floats]) -> pa.Array:
    """The size class: the lowest that either heads or revenue reach (300/2011)."""
    every, year = industries(), world().reporting_year
    line = [every.size_lines[one.size] for one in every.industries]
    given = {"staff": facts[f"staff[{year}]"], "revenue": facts[f"revenue[{year}]"] / 10_000}
    reached = [
        (values[:, None] >= np.array([one[name] for one in line])[industry]).sum(axis=1)
        for name, values in given.items()
    ]
    return pick(["微型", "小型", "中型", "大型"], np.minimum(*reached))
