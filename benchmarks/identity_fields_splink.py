"""Splink 5 on DuckDB with every field: names, former and English names, code, address, industry, day of founding.

Trained without labels: u by sampling, m by expectation maximisation over two blocks, the prior by rules that are nearly
always right. Values are compared in several grades and adjusted for how often they occur; it blocks by each field. Of
some settings tried (names in one comparison or by parts, which blocks to train on) this is the one that did best.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from identity_splink import MISSING, UNTRAINED, splink
from rongtong.identity import normalise_column, split, valid_codes

_LEAST = 0.01
_OTHER_CODE = 0.001
_BLOCKS = (
    ("trade_name",), ("core",), ("substr(trade_name, 1, 2)", "region"), ("former_name",), ("english_name",), ("code",),
    ("address",), ("street",), ("registered_on", "region"), ("region", "business"),
)  # fmt: skip
_CROSSED = ("l.full_name = r.former_name", "r.full_name = l.former_name")


def splink_duplicates(firms: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray] | str:
    """Pairs of rows and how likely Splink holds each to be one firm, or why there is none."""
    if splink is None:
        return MISSING
    linker = _linker(firms)
    sure = [*_CROSSED, "l.full_name = r.full_name", splink.block_on("english_name", "registered_on")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=7)
    try:
        for rule in (("core",), ("street", "registered_on")):
            linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on(*rule))
    except ValueError:
        return UNTRAINED
    found = linker.inference.predict(threshold_match_probability=_LEAST).as_pyarrow_table()
    ends = np.sort(np.stack([found["unique_id_l"].to_numpy(), found["unique_id_r"].to_numpy()]), axis=0)
    return ends[0], ends[1], found["match_probability"].to_numpy()


def _linker(firms: pa.Table) -> Any:
    import splink.comparison_library as compared  # noqa: PLC0415 -- only where it is installed
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415 -- likewise

    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _names(),
            compared.ExactMatch("region"),
            compared.ExactMatch("branch"),
            _codes(),
            compared.JaroWinklerAtThresholds("english_name", [0.95]).configure(term_frequency_adjustments=True),
            _address(),
            _industry(),
            _founded(),
        ],
        blocking_rules_to_generate_predictions=[*(splink.block_on(*rule) for rule in _BLOCKS), *_CROSSED],
    )
    database = DuckDBAPI(duckdb.connect())
    warnings.simplefilter("ignore")  # what Splink says of its own future is no part of the measure
    return splink.Linker(database.register(_prepared(firms)), settings, log_level=logging.ERROR)


def _graded(name: str, levels: list[Any]) -> Any:
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed
    import splink.comparison_library as compared  # noqa: PLC0415 -- likewise

    return compared.CustomComparison([*levels, grade.ElseLevel()], output_column_name=name)


def _names() -> Any:
    """Whole names, former ones beside them, the trade name; one comparison, for its grades hang on each other."""
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed

    crossed = "full_name_l = former_name_r OR full_name_r = former_name_l"
    unsaid = "business_l IS NULL OR business_r IS NULL"
    return _graded(
        "full_name",
        [
            grade.NullLevel("full_name"),
            grade.ExactMatchLevel("full_name"),
            grade.CustomLevel(crossed, "a former name"),
            grade.ExactMatchLevel("core"),
            grade.CustomLevel("levenshtein(core_l, core_r) <= 1 AND length(core_l) >= 6", "one sign"),
            grade.And(grade.ExactMatchLevel("trade_name"), grade.CustomLevel(unsaid, "no business")),
            grade.ExactMatchLevel("trade_name"),
            *(grade.JaroWinklerLevel("core", bound) for bound in (0.95, 0.9, 0.8)),
        ],
    )


def _codes() -> Any:
    """One character apart; two valid codes, by which ours sets as little store; two that fail differently."""
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed

    other = grade.CustomLevel("valid_l AND valid_r", "two valid codes")
    return _graded(
        "code",
        [
            grade.NullLevel("code"),
            grade.CustomLevel("levenshtein(code_l, code_r) <= 1 AND NOT (valid_l AND valid_r)", "one sign"),
            other.configure(m_probability=_OTHER_CODE, fix_m_probability=True),
        ],
    )


def _address() -> Any:
    """Equal; one within the other; one street and number; alike."""
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed

    within = "contains(address_l, address_r) OR contains(address_r, address_l)"
    return _graded(
        "address",
        [
            grade.NullLevel("address"),
            grade.ExactMatchLevel("address", term_frequency_adjustments=True),
            grade.CustomLevel(within, "one within the other"),
            grade.ExactMatchLevel("street", term_frequency_adjustments=True),
            *(grade.JaroWinklerLevel("address", bound) for bound in (0.95, 0.88)),
        ],
    )


def _industry() -> Any:
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed

    major = "substr(industry_code_l, 1, 2) = substr(industry_code_r, 1, 2)"
    return _graded(
        "industry_code",
        [
            grade.NullLevel("industry_code"),
            grade.ExactMatchLevel("industry_code", term_frequency_adjustments=True),
            grade.CustomLevel(major, "one division"),
        ],
    )


def _founded() -> Any:
    import splink.comparison_level_library as grade  # noqa: PLC0415 -- only where it is installed

    near = "abs(CAST(registered_on_l AS DATE) - CAST(registered_on_r AS DATE)) <= 40"
    return _graded(
        "registered_on",
        [grade.NullLevel("registered_on"), grade.ExactMatchLevel("registered_on"), grade.CustomLevel(near, "near")],
    )


def _prepared(firms: pa.Table) -> pa.Table:
    """The fields as compared: parts of names, street and number of addresses; what is not said is unknown."""
    names = normalise_column(firms["name"])
    parts = [split(name or "") for name in names.to_pylist()]
    columns = {
        one: [getattr(part, one) or None for part in parts] for one in ("core", "trade_name", "business", "form")
    }
    columns["region"] = ["".join(part.region) or None for part in parts]
    address = normalise_column(firms["address"])
    street = pc.struct_field(pc.extract_regex(address, r"(?P<street>[^省市区]+号)"), "street")
    return pa.table(
        columns
        | {
            "unique_id": range(firms.num_rows),
            "branch": [part.branch for part in parts],
            "full_name": names,
            "former_name": normalise_column(firms["former_name"]),
            "english_name": normalise_column(firms["english_name"]),
            "code": firms["uscc"],
            "valid": pc.is_valid(valid_codes(firms["uscc"])),
            "address": address,
            "street": street,
            "industry_code": firms["industry_code"],
            "registered_on": firms["registered_on"].cast(pa.string()),
        }
    )
