"""Splink 5 on DuckDB, with the parts of names as its columns; nothing where it is not installed."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from rongtong.identity import split

try:
    import splink
except ImportError:
    splink = None

MISSING = "not installed: `pip install --no-deps --require-hashes -r requirements/peers.txt`"
UNTRAINED = "these names are too few to train it on"
Rules = Sequence[tuple[str, ...]]
_SAID = ("core", "trade_name", "business", "form")
_BLOCKS = (("trade_name",), ("region", "business"), ("substr(trade_name, 1, 2)",))


class Weights(NamedTuple):
    """Pairs by position, and how likely Splink holds each to be one firm (as log odds)."""

    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray


def splink_pairs(left: Sequence[str], right: Sequence[str]) -> np.ndarray | str:
    """The weight of each pair of names, or why there is none."""
    found = _scored(left, right, [("unique_id",)])
    if isinstance(found, str):
        return found
    weight = np.full(len(left), -np.inf)
    weight[found.left] = found.weight
    return weight


def splink_between(left: Sequence[str], right: Sequence[str]) -> Weights | str:
    """The weight of each pair that Splink's own blocking finds, or why there is none."""
    return _scored(left, right, _BLOCKS)


def _scored(left: Sequence[str], right: Sequence[str], blocks: Rules) -> Weights | str:
    if splink is None:
        return MISSING
    linker = _linker(left, right, blocks)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=7)
    try:
        for rule in _BLOCKS[:2]:
            linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))
    except ValueError:
        return UNTRAINED
    found = linker.inference.predict().as_pyarrow_table()
    return Weights(*(found[name].to_numpy() for name in ("unique_id_l", "unique_id_r", "match_weight")))


def _linker(left: Sequence[str], right: Sequence[str], blocks: Rules) -> Any:
    import splink.comparison_library as compared  # noqa: PLC0415 -- only where it is installed
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415 -- only where it is installed

    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            compared.LevenshteinAtThresholds("trade_name", [1, 2]).configure(term_frequency_adjustments=True),
            compared.JaroWinklerAtThresholds("business", [0.9, 0.7]),
            compared.JaroWinklerAtThresholds("core", [0.95, 0.9, 0.8]),
            *(compared.ExactMatch(part) for part in ("region", "form", "branch")),
        ],
        blocking_rules_to_generate_predictions=[splink.block_on(*rule) for rule in blocks],
    )
    database = DuckDBAPI(duckdb.connect(config={"threads": 1}))
    sides = (("a", left), ("b", right))
    frames = [database.register(_parts(names), dataset_display_name=name) for name, names in sides]
    warnings.simplefilter("ignore")  # what Splink says of its own future is no part of the measure
    return splink.Linker(frames, settings, log_level=logging.ERROR)


def _parts(names: Sequence[str]) -> pa.Table:
    """The parts of names; what a name does not say is unknown, but for a branch."""
    parts = [split(name) for name in names]
    columns = {name: [getattr(one, name) or None for one in parts] for name in _SAID}
    columns["region"] = ["".join(one.region) or None for one in parts]
    return pa.table({"unique_id": range(len(parts)), "branch": [one.branch for one in parts]} | columns)
