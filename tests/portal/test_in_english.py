"""With the English switch on, pages are English but for names, what people wrote, and the law as it is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from rongtong import yaml12
from rongtong.definitions.catalogue import catalogue
from rongtong.facts.reading import read_workbook
from rongtong.facts.text import quote
from rongtong.portal.imports import readings
from rongtong.portal.imports.models import Upload
from rongtong.portal.introductions.models import Introduction
from rongtong.portal.people.models import Role, User
from rongtong.portal.postings.models import Posting
from rongtong.portal.registry import current
from rongtong.qualify.shelf import template
from rongtong.report import labels
from routes import thing_of

pytestmark = pytest.mark.either

CHINESE = re.compile("[\u4e00-\u9fff]")
#: Attributes that are read out or shown.
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-label")
PAGES = {
    Role.FIRM: [
        "desk:home", "desk:today", "registry:firm", "assessment:story", "filings:mine", "filings:consent",
        "titles:firm", "paths:path", "postings:needs", "postings:mine", "postings:posting",
        "introductions:introduction", "introductions:mine", "notifications:mine", "rulebooks:shelf",
        "rulebooks:rulebook",
    ],
    Role.DISTRICT_OFFICER: [
        "desk:today", "registry:directory", "registry:firm", "assessment:verdicts", "assessment:story",
        "imports:uploads", "imports:upload", "queues:conflicts", "queues:duplicates", "titles:due", "titles:ahead",
        "introductions:introduction", "comparison:begin", "authoring:drafts", "authoring:part",
        "statements:due", "statements:recorded", "statements:record",
        "what_if:short", "what_if:bounds", "what_if:difference", "rulebooks:examples",
    ],
    Role.SECRETARIAT: ["postings:review", "introductions:candidates", "membership:members", "introductions:stuck"],
}  # fmt: skip
HEADINGS = "企业名称,统一社会信用代码,2021年营业收入（万元）,2021年研发人员数,2021年全职员工数,备注"
ROW = "{firm},91370285566471565X,约300,9,5,甲"
#: As the engine of suggestions writes them down.
REASONS = [
    {"says": "for", "kind": "titles", "text": "持有且在有效期内：省级专精特新"},
    {
        "says": "unknown",
        "kind": "certificates",
        "text": "没有写明是否持有ISO 9001 质量管理体系认证（已知：未写明）",
        "question": "贵公司是否持有ISO 9001 质量管理体系认证？请提供证书编号和有效期。",
    },
    {"says": "against", "kind": "load", "text": "已有 3 条对接在办"},
]


def said(node: html.HtmlElement) -> Iterator[str]:
    """What an element says to readers of English."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style") or node.get("lang", "en").startswith("zh"):
        return
    yield node.text or ""
    yield from (node.get(name, "") for name in SHOWN)
    for part in node:
        yield from said(part)
        yield part.tail or ""


def chinese(page: str, own_words: list[str]) -> list[str]:
    """What a page says in Chinese that is not somebody's own words."""
    found = []
    for text in said(html.fromstring(page)):
        left = text
        for word in own_words:
            left = left.replace(word, "")
        if CHINESE.search(left):
            found.append(" ".join(text.split()))
    return found


def written() -> Iterator[str]:
    """What stands in the texts of the snapshot, which are people's own but for levels; and what people wrote here."""
    every = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'VARCHAR'"
    with current.snapshot().connect() as connection:
        for table, column in connection.execute(every).fetchall():
            slot = column if table == "firms" else f"{table.removeprefix('list_')}.{column}"
            if labels.type_of(slot) != "level":
                rows = connection.execute(f"SELECT DISTINCT {quote(column)} FROM {quote(table)}").fetchall()
                yield from (text for (text,) in rows if text)
    yield from User.objects.values_list("name", flat=True)
    for one in Posting.objects.all():
        yield from (one.title, one.text, one.segment, *one.products)
    yield from ("补助", str(yaml12.load(template("district"))["note"]))  # what a draft says, its author has written
    yield from (f"青样函〔2022〕{n}号" for n in range(1, 30))  # document numbers of the sample's replies
    yield from (settings.ALLIANCE_NAME, "9 件", "1万元", "约300", "更名", "通知", "周琪", "甲", *HEADINGS.split(","))


@pytest.fixture
def own_words(made) -> list[str]:
    """Names, and whatever else people wrote; the longest first."""
    return sorted(filter(CHINESE.search, set(written())), key=len, reverse=True)


@pytest.fixture
def things(made, own_firm) -> dict[tuple[str, str], int]:
    """The things that pages are about: an upload with problems, an introduction with reasons."""
    held = Upload.objects.get(pk=made["imports", "own"])
    file = held.folder / "x.csv"
    file.write_text(f"{HEADINGS}\n{ROW.format(firm=own_firm.name)}", encoding="utf-8")
    readings.keep(held.folder, file, read_workbook(file, catalogue=catalogue(), year=2021))
    Introduction.objects.filter(pk=made["introductions", "own"]).update(reasons=REASONS)
    Posting.objects.filter(pk=made["need", "own"]).update(titles=["省级专精特新"], certificates=["CMA"])
    return made


@pytest.fixture
def english(client_of):
    """A client signed in as the sample's person of a role, with the switch on."""

    def sign_in(role: str) -> Client:
        client = client_of(role)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


@pytest.mark.parametrize("role", PAGES)
def test_pages_say_nothing_in_chinese(role, things, own_words, english, own_firm):
    reader, found = english(role), {}
    for page in PAGES[role]:
        answer = reader.get(thing_of(page, "own", own_firm, things))
        assert (page, answer.status_code) == (page, 200)
        found[page] = chinese(answer.content.decode(), own_words)
    assert {page: texts for page, texts in found.items() if texts} == {}


def test_the_law_stands_beside_its_english_and_says_that_it_is_chinese(things, english, own_firm):
    page = html.fromstring(english(Role.FIRM).get(thing_of("assessment:story", "own", own_firm, things)).content)
    told, law = "A score of at least 60, or one of the direct-pass conditions", "评价得分达到60分以上或满足直通条件之一"
    [clause] = page.xpath("//details[summary//*[@lang='zh']='附件2 一（四）']")
    assert " ".join(clause.find("div").text_content().split()) == f"{told} {law}"
    assert clause.xpath("div//*[@lang='zh']/text()") == [law]


def test_readers_of_both_languages_share_a_process(things, english, client_of, own_firm):
    url = thing_of("assessment:story", "own", own_firm, things)
    titles = [
        html.fromstring(reader.get(url).content).findtext(".//h2")
        for reader in (english(Role.FIRM), client_of(Role.FIRM))
    ]
    assert titles == ["Specialised, refined, distinctive and innovative SME (SRDI SME)", "专精特新中小企业认定标准"]
