"""A crowd at the portal: everybody goes through a day's pages at a pace of their own, over HTTP."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import quote
from urllib.request import Request, urlopen

PAGES = {
    "directory, searched": "/firms/?q={text}",
    "firm": "/firms/{firm}/",
    "workbench": "/today/",
    "due list": "/titles/",
    "due list as .xlsx": "/titles/?export=xlsx",
}
DAY = ("workbench", "directory, searched", "firm", "due list", "directory, searched", "firm", "due list as .xlsx",
       "directory, searched", "firm", "firm")  # fmt: skip  # read by rows


class Visit(NamedTuple):
    """A page that somebody asked for: how long it took, and what was wrong with it."""

    page: str
    seconds: float
    wrong: str = ""


class Town(NamedTuple):
    """The portal that people come to, and the firms they look for: id and name."""

    url: str
    firms: list[tuple[str, str]]

    def visit(self, session: str, page: str, chance: random.Random) -> Visit:
        """Ask for a page as the person of *session*; a page that leads elsewhere is wrong."""
        firm, name = chance.choice(self.firms)
        url = self.url + PAGES[page].format(firm=firm, text=quote(name[2 : chance.randint(4, 6)]))
        begun, wrong = time.perf_counter(), ""
        try:
            with urlopen(Request(url, headers={"Cookie": f"sessionid={session}"}), timeout=120) as answer:  # noqa: S310 -- the portal's own address
                answer.read()
                wrong = "" if answer.url == url else f"led to {answer.url}"
        except (OSError, HTTPException) as error:
            wrong = f"{type(error).__name__}: {error}"
        return Visit(page, time.perf_counter() - begun, wrong)

    def work(self, number: int, session: str, until: float, pause: float) -> list[Visit]:
        """One person's pages until the time is up."""
        chance, done = random.Random(number), list[Visit]()
        while (think := chance.uniform(0, 2 * pause)) + time.monotonic() < until:
            time.sleep(think)
            done.append(self.visit(session, DAY[(number + len(done)) % len(DAY)], chance))
        return done

    def crowd(self, sessions: list[str], seconds: float, pause: float) -> list[Visit]:
        """Everybody at once; all pages that were asked for."""
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(len(sessions)) as pool:
            done = [pool.submit(self.work, number, one, until, pause) for number, one in enumerate(sessions)]
        return [visit for one in done for visit in one.result()]
