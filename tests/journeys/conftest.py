"""The sample alliance served as ``rongtong demo --serve`` does, for people who click through it."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser import DESKTOP, PHONE, context, grave

FIRMS = 400
PICTURES = Path(__file__).parents[2] / "docs" / "images" / "journeys"
ROLES = {
    "officer": "13800000001",
    "reviewer": "13800000002",
    "city": "13800000003",
    "secretariat": "13800000004",
    "administrator": "13800000005",
    "owner": "13800000006",
    "purchasing": "13800000007",
    "research": "13800000008",
}


@dataclass(frozen=True)
class Portal:
    """Where the portal is, and what lies behind it."""

    url: str
    home: Path


@contextmanager
def demonstration(folder: Path) -> Iterator[Portal]:
    """The demonstration, small, with its portal in the background."""
    out = folder / "demo"
    command = [sys.executable, "-m", "rongtong", "demo", "--out", str(out), "--firms", str(FIRMS), "--serve"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("RONGTONG_", "DJANGO_"))}
    with (Path(tempfile.gettempdir()) / "rongtong-demonstrations.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two that start at once would take one port
        done = subprocess.run(command, env=clean, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    url, pid = re.search(r"(http://[\d.:]+/)", done.stdout), re.search(r"kill (\d+)", done.stdout)
    assert url, done.stdout
    assert pid, done.stdout
    yield Portal(url[1].rstrip("/"), out / "home")
    os.killpg(int(pid[1]), signal.SIGTERM)


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """One demonstration for all journeys; a module that leaves much behind brings its own."""
    with demonstration(tmp_path_factory.mktemp("demo")) as made:
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
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
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
