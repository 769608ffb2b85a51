"""Which firms stand in which workbook: what the secretariat gets to see of the population."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rongtong.sample.layouts import BookLayout, SheetLayout
from rongtong.sample.parameters import Ints, Rng, world
from rongtong.sample.population import Population
from rongtong.sample.source import Rows, of_records


@dataclass(frozen=True)
class Observed:
    """The population as workbooks show it; *rng* decides who sends what."""

    population: Population
    rng: Rng

    @cached_property
    def platform(self) -> Ints:
        """Firms that filled in the platform's form: the better, the likelier."""
        share = world().rates["platform"]
        level = np.log(share / (1 - share)) + 0.9 * self.population.merit
        return np.flatnonzero(self.rng.random(len(self.population)) < 1 / (1 + np.exp(-level)))

    @cached_property
    def asked(self) -> Ints:
        """Firms the bureaus were asked about: those of the platform and a quarter of the others."""
        lucky = self.rng.random(len(self.population)) < 0.25
        lucky[self.platform] = True
        return np.flatnonzero(lucky)

    @cached_property
    def scored(self) -> Ints:
        """Firms with a local score."""
        share = world().rates["local_score"] / world().rates["platform"]
        return self.platform[self.rng.random(len(self.platform)) < share]

    @cached_property
    def sends(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether a firm is on its district's table at all."""
        return self.rng.random(len(self.population)) >= world().rates["not_in_workbook"]

    @cached_property
    def elsewhere_too(self) -> Ints:
        """For each firm, the second district it sent its figures to, or -1."""
        second = self.rng.integers(0, len(world().districts), len(self.population))
        return np.where(self.rng.random(len(self.population)) < world().rates["two_districts"], second, -1)

    def rows(self, book: BookLayout, layout: SheetLayout) -> Rows:
        """The rows of a sheet."""
        if layout.records:
            return self._records(layout)
        chosen = {"platform": self.platform, "local_score": self.scored, "reply": self.asked}.get(book.about)
        return Rows(self.population.firms, chosen) if chosen is not None else self._district(book.about)

    def _records(self, layout: SheetLayout) -> Rows:
        records = self.population.lists[layout.records]
        if layout.only:
            records = records.filter(pc.is_in(records["kind"], pa.array(layout.only.split())))
        if layout.records in {"negative_records", "awards"}:
            records = records.filter(pc.is_in(records["n"], pa.array(self.asked)))
        return of_records(self.population.firms, records, layout.records)

    def _district(self, name: str) -> Rows:
        """A district's firms; some came from another district with differing figures, some stand there twice."""
        firms = self.population.firms
        ours = np.flatnonzero(pc.equal(firms["district"], name).to_numpy() & self.sends)
        index = [one.name for one in world().districts].index(name)
        guests = np.setdiff1d(np.flatnonzero(self.elsewhere_too == index), ours)
        changed = ours[firms["former_name"].is_valid().to_numpy()[ours]][::3]
        n = np.concatenate([ours, guests, changed])
        part = np.repeat([0, 1, 2], [len(ours), len(guests), len(changed)])
        order = self.rng.permutation(len(n))
        return _named(firms, n, part, self.rng).take(order)


def _named(firms: pa.Table, n: Ints, part: Ints, rng: Rng) -> Rows:
    """Rows of *part* 2 bear the former name and no code; rows of *part* 1 have figures of their own."""
    places, old = pa.array(n), pa.array(part == 2)
    own = {
        "name": pc.if_else(old, firms["former_name"].take(places), firms["name"].take(places)),
        "uscc": pc.if_else(old, None, firms["uscc"].take(places)),
        "former_name": pc.if_else(old, None, firms["former_name"].take(places)),
    }
    factor = np.where(part == 1, rng.uniform(0.85, 1.15, len(n)), 1.0)
    return Rows(firms, n, {k: v.combine_chunks() for k, v in own.items()}, factor)
