"""The same score as an OpenFisca tax-benefit system: variables with formulas over numpy columns, nothing unknown.

OpenFisca has no unknown and no interval, so it is run on firms of which everything is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2021"
FIRM = build_entity(key="firm", plural="firms", label="A firm", is_person=True)
Column = Any
AMOUNTS = ("revenue", "main_revenue", "main_revenue_1", "main_revenue_2", "rd_expense", "net_profit", "total_assets",
           "total_liabilities", "staff", "rd_staff", "segment_years", "local_score", "digital_level",
           "rd_institution_level", "standards_count", "class_1", "class_1_own", "class_1_high_value",
           "class_2")  # fmt: skip  # read by rows
FLAGS = (
    "fills_gap",
    "six_bases",
    "time_honoured",
    "serves_chain_leader",
    "quality_award",
    "qms_certified",
    "own_brand",
)
READ = """
SELECT "revenue[2021]"::DOUBLE AS revenue, "main_revenue[2021]"::DOUBLE AS main_revenue,
  "main_revenue[2020]"::DOUBLE AS main_revenue_1, "main_revenue[2019]"::DOUBLE AS main_revenue_2,
  "rd_expense[2021]"::DOUBLE AS rd_expense, "net_profit[2021]"::DOUBLE AS net_profit,
  "total_assets[2021]"::DOUBLE AS total_assets, "total_liabilities[2021]"::DOUBLE AS total_liabilities,
  "staff[2021]"::DOUBLE AS staff, "rd_staff[2021]"::DOUBLE AS rd_staff, "segment_years[2021]"::DOUBLE AS segment_years,
  local_score::DOUBLE AS local_score,
  list_position(['一级', '二级', '三级', '四级'], digital_level)::DOUBLE AS digital_level,
  list_position(['无', '市级以下', '市级', '省级', '国家级'], rd_institution_level)::DOUBLE AS rd_institution_level,
  standards_count::DOUBLE AS standards_count, "ip.class_1"::DOUBLE AS class_1, "ip.class_1_own"::DOUBLE AS class_1_own,
  "ip.class_1_high_value"::DOUBLE AS class_1_high_value, "ip.class_2"::DOUBLE AS class_2,
  fills_gap, six_bases, time_honoured, serves_chain_leader, quality_award, qms_certified, own_brand
FROM firms ORDER BY n
"""


def bands(value: Column, *steps: tuple[float, float]) -> Column:
    """The points of the first bound that the value reaches."""
    return np.select([value >= bound for bound, _points in steps], [points for _bound, points in steps], 0.0)


def indicators(of: Callable[[str], Column]) -> Sequence[Column]:
    """The thirteen indicators."""
    growth = (of("main_revenue") / of("main_revenue_1") + of("main_revenue_1") / of("main_revenue_2")) / 2 - 1
    debt = of("total_liabilities") / of("total_assets")
    base = of("six_bases") | of("time_honoured") | of("serves_chain_leader")
    items = sum(1 * of(name) for name in FLAGS[4:]) + (of("standards_count") >= 1)
    ip = [of(name) >= 1 for name in ("class_1_high_value", "class_1_own", "class_1", "class_2")]
    tens = (10, 8, 6, 4, 2)
    amount = bands(of("rd_expense"), *zip((5e6, 4e6, 3e6, 2e6, 1e6), tens, strict=True))
    share = bands(of("rd_expense") / of("revenue"), *zip((0.1, 0.08, 0.06, 0.04, 0.03), tens, strict=True))
    return [
        bands(of("main_revenue") / of("revenue"), (0.8, 5), (0.7, 3), (0.6, 1)),
        bands(np.round(growth, 12), *zip((0.1, 0.08, 0.06, 0.04, 0.0), tens, strict=True)),
        np.minimum(5, np.floor(of("segment_years") / 2)),
        np.where(of("fills_gap"), 5, np.where(base, 3, 0)),
        bands(of("digital_level"), (3, 5), (2, 3)),
        np.minimum(5, 3 * items),
        bands(of("net_profit") / of("revenue"), *zip((0.1, 0.08, 0.06, 0.04, 0.02), tens, strict=True)),
        bands(-debt, (-0.5, 5), (-0.6, 3), (-0.7, 1)),
        of("local_score"),
        np.select(ip, [10, 8, 6, 2], 0),
        np.maximum(amount, share),
        bands(of("rd_staff") / of("staff"), (0.2, 5), (0.1, 3), (0.05, 1)),
        bands(of("rd_institution_level"), (5, 10), (4, 8), (3, 4), (2, 2)),
    ]


def variable(name: str, kind: type, formula: Callable[..., Column] | None = None) -> type[Variable]:
    """A variable of a firm, with a formula when it is computed."""
    body = {"value_type": kind, "entity": FIRM, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def system() -> TaxBenefitSystem:
    """The inputs, the thirteen indicators, and the score."""

    def score(firms: Any, period: Any) -> Column:
        return sum(firms(f"indicator_{k}", period) for k in range(1, 14))

    def indicator(k: int) -> Callable[..., Column]:
        return lambda firms, period: indicators(lambda name: firms(name, period))[k]

    found = TaxBenefitSystem([FIRM])
    for name in (*AMOUNTS, *FLAGS):
        found.add_variable(variable(name, bool if name in FLAGS else float))
    for k in range(13):
        found.add_variable(variable(f"indicator_{k + 1}", float, indicator(k)))
    found.add_variable(variable("score", float, score))
    return found


def scores(snapshot: Path) -> Column:
    """Each firm's score, by ``n``."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW firms AS FROM '{snapshot / 'firms.parquet'}'")
        columns = connection.execute(READ).fetchnumpy()
    simulation = SimulationBuilder().build_default_simulation(system(), len(columns["revenue"]))
    for name, values in columns.items():
        simulation.set_input(name, PERIOD, np.asarray(values))
    return simulation.calculate("score", PERIOD)
