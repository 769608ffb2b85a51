"""The sample alliance served as ``rongtong demo --serve`` does, for people who click through it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from around import CLEAN
from browser import DESKTOP, PHONE, context, grave
from rongtong.cli.demo import AS_OF
from rongtong.cli.demo_portal import surroundings

FIRMS = 400
PREPARED = f"""
import pathlib, sys
from rongtong.cli import demo, demo_portal
demo_portal.serve = lambda home, people: None
demo.run(pathlib.Path(sys.argv[1]), firms={FIRMS}, serve=True)
"""
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
def demonstration(folders: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demonstration, small, with its portal in the background: a copy of the one that all journeys make once."""
    home = folders.mktemp("demo") / "home"
    with (shared(folders) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two that start at once would make it twice, and take one port
        shutil.copytree(made_once(shared(folders)), home)
        command = [sys.executable, "-m", "rongtong", "serve", "--home", str(home), "--json"]
        served = subprocess.Popen(command, env=CLEAN | surroundings(AS_OF), stdout=subprocess.PIPE, text=True)
        said = served.stdout.readline()
    with served:
        yield Portal(json.loads(said)["url"].rstrip("/"), home)
        served.terminate()


def shared(folders: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its processes see."""
    base = folders.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def made_once(folder: Path) -> Path:
    """The home of the demonstration in *folder*, as ``rongtong demo --serve`` leaves it before it serves."""
    home = folder / "demonstration" / "home"
    if not home.exists():
        command = [sys.executable, "-c", PREPARED, str(home.parent)]
        subprocess.run(command, env=CLEAN, capture_output=True, check=True)
    return home


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
