"""People who click through the sample alliance, and what their journeys end in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from browser import DESKTOP, PHONE, context, grave
from journeys.served import ROLES, Portal, demonstration

PICTURES = Path(__file__).parents[2] / "docs" / "images" / "journeys"


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """One demonstration for all journeys; a module that leaves much behind brings its own."""
    with demonstration(tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="module")
def a_reader(browser: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Opens the portal as somebody, at a desk or on a telephone."""
    opened: list[BrowserContext] = []

    def open_(role: str = "", *, phone: bool = False, complaints: list[str] | None = None) -> Page:
        made = context(browser, base_url=portal.url, accept_downloads=True, **(PHONE if phone else DESKTOP))
        opened.append(made)
        page = made.new_page()
        if complaints is not None:
            page.on("console", lambda said: complaints.append(complaint(said)) if said.type == "error" else None)
        page.goto("/")
        if role:
            sign_in(page, ROLES.get(role, role))
        return page

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def reader(a_reader: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """The same for one test, which fails by whatever the browser complains of."""
    complaints: list[str] = []

    def open_(role: str = "", *, phone: bool = False) -> Page:
        return a_reader(role, phone=phone, complaints=complaints)

    yield open_
    assert complaints == []


def complaint(said: ConsoleMessage) -> str:
    """What the browser complains of, and of which page."""
    return f"{said.location['url']}: {said.text}"


def sign_in(page: Page, phone: str) -> None:
    """Sign in by the code that the demonstration shows."""
    page.goto("/sign-in/")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    code = page.locator("#demo-code").inner_text()
    page.get_by_label("验证码").fill(code)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url("**/today/")


@pytest.fixture
def ends_in() -> Callable[[Page, str], None]:
    """The journey's last page: nothing grave for those who cannot see it well, and its picture for the handbook."""

    def keep(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        assert grave(page) == []
        if os.environ.get("RONGTONG_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png")

    return keep
