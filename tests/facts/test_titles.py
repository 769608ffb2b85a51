"""A title is in force from the day it was granted to its last; the same by SQL."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest

from rongtong.facts.titles import in_force, is_in_force

DAY = date(2022, 10, 25)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("granted_on", "valid_until", "held"),
    [
        (BEFORE, AFTER, True), (DAY, DAY, True), (AFTER, None, False), (None, BEFORE, False),
        (None, None, True), (BEFORE, None, True), (None, AFTER, True),
    ],
)  # fmt: skip  # read by rows
def test_a_title_is_in_force_from_the_day_it_was_granted_to_its_last(granted_on, valid_until, held):
    sql = f"SELECT {in_force('$3::DATE')} FROM (SELECT $1::DATE AS granted_on, $2::DATE AS valid_until)"
    with duckdb.connect() as connection:
        by_sql = connection.execute(sql, [granted_on, valid_until, DAY]).fetchall()
    assert (is_in_force(granted_on, valid_until, DAY), by_sql) == (held, [(held,)])
