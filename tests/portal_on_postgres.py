"""The portal's settings for tests on PostgreSQL: ``pytest tests/portal --ds=portal_on_postgres``."""

import os

import postgres

if "RONGTONG_DATABASE" not in os.environ:  # pytest's own process starts the server, its workers inherit the address
    os.environ["RONGTONG_DATABASE"] = postgres.start()

from portal_settings import *  # noqa: F403 -- the environment is read when the settings are
