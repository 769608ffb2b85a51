"""The small language: what it understands, what it refuses, and that values on a bound are on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongtong.definitions import expression, expression_sql, expression_tree
from rongtong.definitions.catalogue import catalogue

SCOPE = expression.FirmScope(catalogue())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("100万元", Decimal(1_000_000), "元"), ("1.5亿元", Decimal(150_000_000), "元"), ("3%", Decimal("0.03"), "1"),
        ("2年", Decimal(2), "年"), ("300人", Decimal(300), "人"), ("2项", Decimal(2), "项"),
        ("60分", Decimal(60), "分"),
    ],
)  # fmt: skip  # read by rows
def test_numbers_with_units(text: str, value: Decimal, unit: str) -> None:
    assert expression.parse(text, SCOPE) == expression_tree.Quantity(value, unit)


@pytest.mark.parametrize("sign", ["≥", ">="])
def test_full_width_signs_mean_the_same(sign: str) -> None:
    assert expression.parse(f"revenue[Y] {sign} 1万元", SCOPE) == expression.parse("revenue[Y] >= 10000元", SCOPE)


@pytest.mark.parametrize(
    "text",
    ["", "revenue[Y] >=", "revenue[Y] >= 1人", "revenue[Y] + staff[Y] >= 1元", "size_class >= 超大",
     "revenues[Y] >= 1元",
     "qms_certified >= 1项", "revenue[Y]", "score >= 60分", "coalesce(revenue[Y], 0元) >= 1元",
     "count(ip.class_9) >= 1项", "any(awards.science)", "count(ip.class_1) + 1项 >= 1项", "revenue[Y] is null",
     "years(staff) >= 1年", "years(size_class) >= 1年", "years(registered_on) >= 1元", "years(registered_on) >= 1.3年",
     "years(registered_on) + 1年 >= 2年", "any(awards.science valid)", "any(titles.srdi during Y-2..Y)"],
)  # fmt: skip  # read by rows
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(expression.ExpressionError):
        expression.condition(text, SCOPE)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("营业收入 >= 1000万元", "revenue[Y]"), ("营业收入[Y] >= 1000万元", "revenue[Y]"),
        ("研发费用占比 >= 3%", "rd_intensity[Y]"), ("偷漏税", "any(negative_records.tax during Y-2..Y+1)"),
        ("高新技术企业", "any(titles.high_tech valid)"), ("staff[Y] > 20", "20人"),
        ("revenue[Y] >= 1000万", "1000万元"),
        ("rd_intensity[Y] >= 3", "3%"), ("own_brand 并且 qms_certified", "and"), ("own_brand 或 qms_certified", "or"),
        ("revenue[Y] 不低于 1000万元", ">="), ("revenue[Y] >= 1000万元以上", ">="), ("revenue[Y] >= 1,000万元", "逗号"),
        ("own_brand，qms_certified", "and"), ("revenue[Y] == 1元", "一个 ="), ("（own_brand）", "("),
        ("own_brand and (qms_certified", "少一个"), ("own_brand)", "多一个"),
    ],
)  # fmt: skip  # read by rows
def test_what_people_write_is_told_as_the_language_has_it(text: str, mend: str) -> None:
    with pytest.raises(expression.ExpressionError) as error:
        expression.condition(text, SCOPE)
    assert mend in error.value.mend


def test_a_share_of_three_hundred_per_cent_is_taken_where_it_is_written_so() -> None:
    expression.condition("revenue_growth[Y] >= 300% and revenue[Y] / revenue[Y-1] >= 3", SCOPE)


def test_the_error_says_from_which_character() -> None:
    with pytest.raises(expression.ExpressionError) as error:
        expression.condition("qms_certified and revenues[Y] >= 1元", SCOPE)
    assert error.value.column == 19


def test_every_subset_of_the_catalogue_is_understood() -> None:
    for field in catalogue().lists:
        for subset in field.subsets:
            expression.condition(subset.when, expression.RecordScope(field))


def answer(text: str, **values: object) -> bool | None:
    """The condition in DuckDB over columns ``revenue_2021`` and so on; absent ones are NULL."""
    kinds = {
        "date": "DATE",
        "money": "DECIMAL(18,2)",
        "integer": "BIGINT",
        "ratio": "DECIMAL(18,8)",
        "boolean": "BOOLEAN",
    }

    def column(fact: expression_tree.Fact) -> expression_sql.exp.Expr:
        name = f"{fact.name}_{fact.year.at(2021)}" if fact.year else fact.name
        value = "NULL" if values.get(name) is None else f"'{values[name]}'"
        return expression_sql.exp.maybe_parse(f"CAST({value} AS {kinds[fact.type]})", dialect="duckdb")

    tree = expression.condition(text, SCOPE)
    sql = expression_sql.condition(tree, lambda atom: expression_sql.atom(atom, column, date(2022, 10, 31))).sql(
        "duckdb"
    )
    with duckdb.connect() as connection:
        [(found,)] = connection.execute(f"SELECT {sql}").fetchall()
    return found


MEAN = "mean(main_revenue_growth[Y], main_revenue_growth[Y-1]) >= 5%"


def test_a_mean_of_rates_on_its_bound_is_on_it() -> None:
    assert answer(MEAN, main_revenue_2019="10000000", main_revenue_2020="10100000", main_revenue_2021="11009000")


def test_a_mean_of_rates_a_cent_below_is_below() -> None:
    known = {"main_revenue_2019": "10000000", "main_revenue_2020": "10100000", "main_revenue_2021": "11008999.99"}
    assert answer(MEAN, **known) is False


@pytest.mark.parametrize("revenue", ["0", "-1"])
def test_a_ratio_over_nothing_is_unknown(revenue: str) -> None:
    assert answer("rd_intensity[Y] >= 3%", rd_expense_2021="1", revenue_2021=revenue) is None


def test_a_stated_ratio_counts_where_the_amounts_are_unknown() -> None:
    assert answer("rd_intensity[Y] >= 3%", rd_expense_2021="1", rd_intensity_2021="0.03") is True


@given(st.integers(1, 10**15), st.integers(1, 99))
def test_a_ratio_on_its_bound_is_on_it(revenue: int, per_cent: int) -> None:
    known = {"revenue_2021": Decimal(revenue), "rd_expense_2021": Decimal(revenue * per_cent) / 100}
    assert answer(f"rd_intensity[Y] >= {per_cent}% and rd_intensity[Y] <= {per_cent}%", **known) is True


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("qms_certified and own_brand", {"qms_certified": False}, False),
        ("qms_certified and own_brand", {"qms_certified": True}, None),
        ("qms_certified or own_brand", {"qms_certified": True}, True),
        ("qms_certified or own_brand", {"qms_certified": False}, None),
        ("not qms_certified", {}, None),
    ],
)
def test_three_values(text: str, values: dict[str, bool], expected: bool | None) -> None:
    assert answer(text, **values) is expected


@pytest.mark.parametrize(
    ("text", "registered_on", "expected"),
    [
        ("years(registered_on) >= 2年", "2020-10-31", True),
        ("years(registered_on) >= 2年", "2020-11-01", False),
        ("years(registered_on) > 2年", "2020-10-31", False),
        ("years(registered_on) > 2年", "2020-10-30", True),
        ("years(registered_on) >= 1.5年", "2021-04-30", True),
        ("years(registered_on) >= 1.5年", "2021-05-01", False),
        ("years(registered_on) < 2年", None, None),
    ],
)
def test_the_years_since_a_date_are_over_on_its_anniversary(
    text: str, registered_on: str | None, expected: bool | None
) -> None:
    assert answer(text, registered_on=registered_on) is expected
