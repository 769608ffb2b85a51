"""What tests of every part may ask for: a browser, a page of it at desk and telephone, a PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page

import browser as browsers
import postgres as postgresql

# How long one example takes says how busy the machine is, nothing of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The tests' browser, started once."""
    with browsers.running() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page as an officer sees it at a desk, 1280 × 900."""
    with browsers.context(browser, **browsers.DESKTOP) as reader:
        yield reader.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as a firm sees it on a telephone, 390 × 844, by touch."""
    with browsers.context(browser, **browsers.PHONE) as reader:
        yield reader.new_page()


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of a PostgreSQL server with an empty database, as ``RONGTONG_DATABASE`` takes it."""
    return postgresql.start()
