"""A PostgreSQL comes with the set-up and takes Chinese."""

from __future__ import annotations

import psycopg


def test_it_keeps_rare_characters_as_they_are(postgres):
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT %s || '碁'", ["喆昇璟"]).fetchone() == ("喆昇璟碁",)


def test_it_is_one_that_the_portal_supports(postgres):
    with psycopg.connect(postgres) as connection:
        assert connection.info.server_version >= 140_000
