"""The tests' browser reads and draws Chinese, rare characters too, on a machine that has neither browser nor fonts."""

from __future__ import annotations

import struct
from urllib.parse import quote

import pytest

import browser as browsers

pytestmark = pytest.mark.browser

NAME = "青岛喆昇璟碁智能装备有限公司"
OFFICE = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif"
HTML = f"""<!doctype html><html lang="zh"><meta charset="utf-8"><title>企业</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<main><h1 style="font-family: {OFFICE}">{NAME}</h1><p style="font-family: serif">{NAME}</p>
<p style="font-family: monospace">{NAME}91370212MA3C0D1E2F</p></main>"""


def address(html: str) -> str:
    return f"data:text/html;charset=utf-8,{quote(html)}"


def faces(page, selector: str) -> list[str]:
    """The families that an element was drawn with."""
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return [font["familyName"] for font in tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]


def size(picture: bytes) -> tuple[int, int]:
    return struct.unpack(">II", picture[16:24])


def test_chinese_is_read_as_it_was_written(page):
    page.goto(address(HTML))
    assert page.inner_text("h1") == NAME


@pytest.mark.parametrize(
    ("selector", "family"),
    [("h1", "Noto Sans SC"), ("p:nth-of-type(1)", "Noto Serif SC"), ("p:nth-of-type(2)", "Noto Sans SC")],
)
def test_every_character_is_drawn_in_the_locked_face(page, selector, family):
    page.goto(address(HTML))
    assert faces(page, selector) == [family]


def test_a_desk_is_1280_wide_and_a_telephone_390_at_double_density(page, phone):
    for one in (page, phone):
        one.goto(address(HTML))
    assert [size(one.screenshot()) for one in (page, phone)] == [(1280, 900), (780, 1688)]
    assert [one.evaluate("navigator.maxTouchPoints") for one in (page, phone)] == [0, 1]


def test_axe_finds_what_keeps_somebody_out_and_nothing_else(page):
    page.goto(address(HTML))
    assert browsers.grave(page) == []
    page.goto(address(HTML.replace("</main>", '<img src="data:,"><button></button></main>')))
    assert browsers.grave(page) == ["button-name: button", "image-alt: img"]


def test_the_locked_browser_is_the_one_that_runs(browser):
    assert browser.version.split(".")[0] == "153"
