"""Every page that a role may open, at a desk and on a telephone: it opens, it fits, nothing in it is grave.

The pages come from the addresses of the portal and the permission matrix, so that a new page is visited unasked.
With ``RONGTONG_LOOKS=folder`` each is photographed there, for people who look at them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from browser import grave
from journeys import things
from journeys.served import ROLES, Portal, demonstration
from rongtong.portal.people.models import Role
from routes import ITS_OWN, address, read_by, table

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOOK = "cn/srdi-sme"
#: Who of the demonstration's people stands for a role of the matrix.
WHO = {
    "public": "",
    Role.FIRM.value: "owner",
    Role.DISTRICT_OFFICER.value: "officer",
    Role.DISTRICT_REVIEWER.value: "reviewer",
    Role.CITY_OFFICER.value: "city",
    Role.SECRETARIAT.value: "secretariat",
    Role.ADMINISTRATOR.value: "administrator",
    Role.LARGE_FIRM.value: "purchasing",
}
#: Pages that are not the same for every role that may open them.
LOOKS_DIFFERENT = {
    "desk:today",
    "registry:firm",
    "assessment:story",
    "introductions:mine",
    "introductions:introduction",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """A demonstration that other journeys do not find used."""
    with demonstration(tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="module")
def made(a_reader, portal) -> dict[str, dict[str, object]]:
    """The arguments of each page about something."""
    officer, owner = a_reader("officer"), a_reader("owner")
    firm = things.filed(owner)
    things.applied(owner, firm)
    things.claimed(owner, firm)
    things.imported(officer)
    things.compared(officer)
    things.published(a_reader("secretariat"))
    things.concluded(officer, firm)
    things.checked(officer, firm)
    token = things.reminded(officer, firm).split("/l/")[1].strip("/\n ")
    things.drafted(officer)
    officer.get_by_role("button", name="在全部企业上试算").click()
    officer.get_by_role("heading", name="要备多少钱").wait_for(timeout=60_000)
    things.held_against_rulebooks(officer)
    need = things.need(portal.home)
    things.talking(portal.home)
    things.needed(owner)
    officer.goto(f"/firms/{firm}/")
    mention, cell = officer.locator("a.rt-source").first.get_attribute("href").strip("/").split("/")[-2:]
    about = {"firm": {"firm": firm}, "token": {"token": token}, "cell": {"mention": mention, "cell": cell}}
    numbers = {name: {"number": things.number(portal.home, name, ROLES["officer"])} for name in things.TABLES}
    return about | numbers | {"need": {"number": need}}


def thing(page: str, made: dict[str, dict[str, object]]) -> dict[str, object]:
    """What *page* is about: one of its own kind where it has one, else of its capability's."""
    return made.get(ITS_OWN.get(page, ""), made.get(page.partition(":")[0], {}))


def urls(role: str, made: dict[str, dict[str, object]]) -> dict[str, str]:
    """The address of every page that *role* may open and nobody before it, or that looks different for it."""
    firm, book, earlier = made["firm"], {"rulebook": BOOK}, list(WHO)[: list(WHO).index(role)]
    seen = {page for one in earlier for page in read_by(one)} - LOOKS_DIFFERENT
    return {
        page: address(
            page,
            firm | book,
            firm | {"slot": "well_known"},
            firm,
            book,
            thing(page, made),
            made["cell"],
            made["token"],
            {},
        )
        for page in read_by(role)
        if page not in seen
    }


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("role", WHO)
def test_every_page_opens_and_fits_and_has_nothing_grave(a_reader, made, role, phone):
    said: list[str] = []
    page = a_reader(WHO[role], phone=phone, complaints=said)
    found = {
        name: faults(page, url, said, f"{role}-{name}-{390 if phone else 1280}")
        for name, url in urls(role, made).items()
    }
    assert {name: faulty for name, faulty in found.items() if faulty} == {}


def test_every_page_that_is_read_is_read_by_somebody_here():
    read = {row["page"] for row in table() if row["method"] == "GET"}
    assert read - {page for role in WHO for page in read_by(role)} == set()


def faults(page: Page, url: str, said: list[str], name: str) -> list[str]:
    """What is wrong with the page at *url*."""
    said.clear()
    try:
        answer = page.goto(url)
    except Error as error:
        return [] if "Download is starting" in error.message else [error.message]
    if answer is None or answer.status != 200:
        return [f"{answer and answer.status} at {url}"]
    if not answer.headers["content-type"].startswith("text/html"):
        return []
    photograph(page, name)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [*grave(page), *said, *([f"{wide} px wide, not {room}"] if wide > room else [])]


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page, when somebody wants to look."""
    if folder := os.environ.get("RONGTONG_LOOKS"):
        page.screenshot(path=Path(folder) / f"{name.replace(':', '.')}.png", full_page=True)
