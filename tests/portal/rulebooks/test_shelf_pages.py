"""The shelf shows every edition, a rulebook's page every clause and what decides it; examples are run once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from rongtong.portal.people.models import Role
from rongtong.portal.rulebooks import examples, queries
from rongtong.portal.rulebooks.queries import Edition
from rongtong.portal.rulebooks.told import Told
from rongtong.qualify.shelf import checked, editions, known, template

pytestmark = [pytest.mark.django_db, pytest.mark.either]
BOOKS = [Edition(book) for name in known() for book in editions(name)]


def text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_the_shelf_has_every_edition_and_leads_to_it(client):
    page = html.fromstring(client.get("/rulebooks/").content)
    links = [one.get("href") for one in page.iterfind(".//tbody//a")]
    assert sorted(links) == sorted(f"/rulebooks/{one.key}/" for one in BOOKS)


@pytest.mark.parametrize("edition", BOOKS, ids=lambda one: one.key)
def test_every_clause_stands_on_the_page_of_its_rulebook(client, edition, monkeypatch):
    monkeypatch.setattr(examples, "passing", lambda _book: (0, 0))
    page = html.fromstring(client.get(f"/rulebooks/{edition.key}/").content)
    shown = {one.get("id"): text(one) for one in page.iterfind(".//li[@id]")}
    assert sorted(shown) == sorted(head.id for head in edition.cited)
    marked = [one.get("id") for one in page.iterfind(".//li[@id]") if "待核原文" in text(one.find("div"))]
    assert sorted(marked) == sorted(head.id for head in edition.unverified)


def test_a_clause_says_what_it_asks_who_decides_and_for_which_purpose(client):
    page = html.fromstring(client.get("/rulebooks/cn/srdi-sme@2026/").content)
    one = page.find(".//li[@id='score.platform.last']")
    assert [text(part) for part in one.iterfind("div")][:2] == [
        "上年度得分（复核） 仅复核 待核原文",
        "上年度专精特新发展评价得分不低于 50 分 依据：外部评分",
    ]


def test_an_indicator_says_how_points_are_earned():
    groups = Told(queries.edition("cn/srdi-sme@2022").book).groups()
    told = {one.head.id: one for group in groups for one in group.indicators}
    assert (told["indicator.8"].before, told["indicator.8"].routes) == (
        "看上年度资产负债率",
        [[("5 分", "不高于 50%"), ("3 分", "不高于 60%"), ("1 分", "不高于 70%"), ("0 分", "其余")]],
    )
    assert told["indicator.6"].before == "每满足一项得 3 分，最高 5 分"
    assert told["indicator.6"].routes[0][3] == ("3 分", "参与制修订标准（参与制修订标准数不低于 1 项）")
    assert [len(route) for route in told["indicator.11"].routes] == [6, 6]
    assert told["indicator.9"].after == (
        "没有录入得分时，符合“注册地（省、计划单列市）为 山东省其他市”的企业按“山东省专精特新特色化指标”计"
    )


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("cn/srdi-sme", "2022"),
        ("cn/srdi-sme@2026", "2026"),
        ("cn/qingdao-pool", "2021"),
        ("cn/single-champion", "2023"),
    ],
)
def test_a_rulebook_without_edition_is_the_one_in_force_today(key, found):
    assert queries.edition(key).book.edition == found


@pytest.mark.parametrize("key", ["cn/nothing", "cn/srdi-sme@1999", "cn", "../../etc"])
def test_what_is_no_rulebook_is_not_found(client, key):
    assert client.get(f"/rulebooks/{key}/").status_code == 404


def test_examples_are_run_once_a_definition(tmp_path, settings, monkeypatch):
    settings.STORE = tmp_path
    book, ran = queries.edition("cn/unicorn").book, []
    run = examples.examples.run
    monkeypatch.setattr(examples.examples, "run", lambda path: ran.append(path) or run(path))
    examples._outcomes.cache_clear()
    first = examples.passing(book)
    examples._outcomes.cache_clear()  # as another process
    assert (examples.passing(book), len(ran)) == (first, 1)
    assert first[0] == first[1] > 0


def test_examples_are_run_again_when_the_rulebook_is_another(tmp_path):
    book, path = queries.edition("cn/unicorn").book, tmp_path / "x.yaml"
    found = []
    for one, written in ((book, "a"), (book, "b"), (replace(book, sha256="0" * 64), "b")):
        path.write_text(written)
        found.append(examples.digest(one, path))
    assert len(set(found)) == 3


def test_an_example_that_fails_stands_first_and_says_what_came_out(client, tmp_path, settings, monkeypatch):
    settings.STORE = tmp_path
    run = examples.examples.run

    def one_wrong(path):
        found = run(path)
        wanted = {"verdict": "undetermined", "missing": ["listed"]}
        return [*found[:-1], examples.Outcome(wanted, {"verdict": "qualified", "missing": []})]

    monkeypatch.setattr(examples.examples, "run", one_wrong)
    examples._outcomes.cache_clear()
    page = html.fromstring(client.get("/rulebooks/cn/unicorn/examples/").content)
    examples._outcomes.cache_clear()
    cells = [text(one) for one in page.find(".//tbody/tr").iterfind("td")]
    assert cells[3:] == ["暂不能判定缺：是否上市", "符合缺：无", "不符"]


def test_officers_are_led_on_to_what_they_may_ask_and_nobody_else(client, client_of):
    asking = "/what-if/short/?rulebook=cn/srdi-sme%402022"
    pages = [one.get("/rulebooks/cn/srdi-sme/").content.decode() for one in (client, client_of("city_officer"))]
    assert [asking in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (None, []),
        (Role.FIRM, ["/path/?rulebook=cn/srdi-sme"]),
        (Role.CITY_OFFICER, ["/drafts/new/?based_on=cn/srdi-sme%402022"]),
    ],
)
def test_a_rulebook_leads_each_reader_to_what_they_may_do_with_it(client_of, role, leads_to):
    page = html.fromstring(client_of(role).get("/rulebooks/cn/srdi-sme@2022/").content)
    links = [one.get("href") for one in page.iterfind(".//a[@href]")]
    assert [one for one in links if one.startswith(("/path/?", "/drafts/new/?"))] == leads_to


def test_the_way_to_ones_own_path_keeps_what_was_asked(client_of, own_firm):
    answer = client_of(Role.FIRM).get("/path/?rulebook=cn/little-giant")
    assert answer["Location"] == f"/firms/{own_firm.id}/path/?rulebook=cn%2Flittle-giant"


def test_a_rulebook_tells_what_is_granted():
    text = template("district").partition("      value: rd_expense[Y]\n")[0]
    shared = "      value: rd_expense[Y]\n      share: 5%\n      cap: 20万元\n"
    told = Told(checked(Path("district.yaml"), text + shared)).grants()
    assert [(one.before, one.lines) for one in told] == [
        ("", (
            ("50 万元", "申请日持有有效的专精特新小巨人称号"),
            ("20 万元", "申请日持有有效的专精特新中小企业称号（省级）"),
            ("0 万元", "其余"),
        )),
        ("按上年度研发费用的 5% 补助，最高 20 万元", ()),
    ]  # fmt: skip


def test_days_that_no_source_says_are_told_as_such():
    told = {book.book.id: str(book.spans("new")[-1]) for book in BOOKS}
    assert (told["cn/shandong-gazelle"], told["cn/little-giant"]) == ("2020-01-01 起（日期待核）", "2026-04-01 起")
