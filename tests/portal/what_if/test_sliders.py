"""Bounds on sliders: nothing changes at the official ones; counts and lists are those of the reader's districts."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from lxml import html

from rongtong.portal.assessment.queries import VERDICTS
from rongtong.portal.people.models import Role
from rongtong.portal.registry import current
from rongtong.portal.registry.models import Firm
from rongtong.portal.rulebooks.queries import edition
from rongtong.portal.what_if.asking import ENGINES, Asked, Engines
from rongtong.portal.what_if.sliders import board
from rongtong.qualify.bounds import changed
from rongtong.qualify.shelf import editions, known

pytestmark = [pytest.mark.django_db, pytest.mark.either]
URL, BOOK = "/what-if/bounds/", "cn/srdi-sme@2022"
#: Bounds that some of the sample's firms are on either side of.
LOW = {"condition.1": "0", "condition.2.amount": "0", "condition.2.share": "0"}
BOOKS = [book for name in known() for book in editions(name)]


def figures(answer) -> list[tuple[str, int, int]]:
    return answer.context["figures"]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.id}@{book.edition}")
def test_a_slider_that_is_not_moved_writes_what_the_rulebook_says(book):
    sliders = board(book, {}).sliders
    assert [one.name for one in sliders if one.moved] == []
    assert changed(book, {one.name: one.written for one in sliders}) is book
    assert [one.name for one in sliders if (one.official - one.least) % one.step] == []
    assert [one.name for one in sliders if not one.least <= one.value <= one.most] == []


def test_a_slider_is_read_in_the_unit_that_people_use():
    given = {"condition.2.amount": "80", "condition.2.share": "2.5", "condition.1": "1", "condition.4.score": "55"}
    moved = {one.name: (one.written, one.unit) for one in board(edition(BOOK).book, given).moved}
    assert moved == {
        "condition.2.amount": ("80万元", "万元"), "condition.2.share": ("2.5%", "%"), "condition.1": ("1年", "年"),
        "condition.4.score": ("55分", "分"),
    }  # fmt: skip


def test_each_slider_says_what_it_bounds():
    told = {one.name: one.label for one in board(edition(BOOK).book, {}).sliders}
    assert told["condition.2.amount"] == "上年度研发费用不低于"
    assert told["indicator.8/5"] == "得 5 分：上年度资产负债率不高于"
    assert told["indicator.6/4"] == "参与制修订标准：参与制修订标准数不低于"
    assert told["indicator.11/2/10"] == "得 10 分：上年度研发费用占营业收入比重不低于"


def test_at_the_official_bounds_the_counts_are_those_of_the_verdicts(client_of):
    answer = client_of(Role.CITY_OFFICER).get(URL)
    counts = dict.fromkeys(VERDICTS, 0) | current.assessment("cn/srdi-sme").counts
    assert figures(answer) == [(word, counts[word], counts[word]) for word, _before, _after in figures(answer)]
    assert "界限与规则一致，结论没有变化。" in answer.content.decode()


def test_a_move_answers_with_the_piece_that_changes_and_the_address_of_it(client_of):
    query = {"rulebook": BOOK, "purpose": "new", "condition.4.score": "60"} | LOW
    answer = client_of(Role.CITY_OFFICER).get(URL, query, headers={"HX-Request": "true"})
    assert answer["HX-Replace-Url"] == (
        f"{URL}?rulebook=cn%2Fsrdi-sme%402022&purpose=new&condition.1=0&condition.2.amount=0&condition.2.share=0"
    )
    page = html.fragment_fromstring(answer.content.decode(), create_parent="div")
    assert page.find(".//*[@hx-swap-oob]").get("id") == "figures"
    assert page.find(".//html") is None
    assert {word: after < before for word, before, after in figures(answer)}["not_qualified"]


def test_the_list_of_who_moved_is_exported_whole(client_of):
    query = {"rulebook": BOOK} | LOW
    reader = client_of(Role.CITY_OFFICER)
    moved = reader.get(URL, query).context["answer"].moved.to_pylist()
    text = b"".join(reader.get(URL, query | {"export": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert [row[0] for row in rows] == [one["name"] for one in moved]
    assert len(rows) > 0


def test_a_district_officer_sees_the_own_district_alone(client_of, own_firm):
    answer = client_of(Role.DISTRICT_OFFICER).get(URL, {"rulebook": BOOK} | LOW)
    assert [name for name, _pairs in answer.context["districts"]] == [own_firm.district]
    assert (
        sum(before for _word, before, _after in figures(answer))
        == Firm.objects.filter(district=own_firm.district).count()
    )
    assert {one["district"] for one in answer.context["answer"].moved.to_pylist()} <= {own_firm.district}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("condition.1", "多", "“多”不是数"), ("condition.1", "NaN", "不是数"), ("indicator.8/5", "65", "分档重叠")],
)
def test_what_cannot_be_set_is_said_with_the_mend(client_of, name, value, told):
    query, reader = {"rulebook": BOOK, name: value}, client_of(Role.CITY_OFFICER)
    whole, piece = reader.get(URL, query), reader.get(URL, query, headers={"HX-Request": "true"})
    assert (whole.status_code, piece.status_code) == (422, 200)
    assert [told in one.content.decode() for one in (whole, piece)] == [True, True]
    assert name not in " ".join(html.fromstring(whole.content.decode()).xpath("//*[@role='alert']//text()"))


def test_what_cannot_be_set_takes_the_place_of_the_figures_that_are_no_longer_true(client_of):
    """On a telephone nothing else is in sight: figures that stay would be taken for the answer."""
    query = {"rulebook": BOOK, "condition.2.amount": "-5"}
    piece = client_of(Role.CITY_OFFICER).get(URL, query, headers={"HX-Request": "true"}).content.decode()
    (figures,) = html.fromstring(piece).xpath("//*[@id='figures'][@hx-swap-oob]")
    said = figures.xpath("*[@role='alert']")[0].text_content()
    assert ("上年度研发费用不低于：“-5万元”" in said, figures.xpath(".//b")) == (True, [])


def test_engines_stay_open_within_the_room_there_is():
    engines = Engines(most=1)
    for day in (1, 2, 3):
        with engines.asked(Asked(BOOK, "new", date(2022, 10, day))) as asking:
            assert asking.cells > 1
            last = asking
    assert len(engines) == 1
    with engines.asked(Asked(BOOK, "new", date(2022, 10, 3))) as asking:
        assert asking is last


def test_an_engine_is_asked_again_by_whoever_comes_next():
    about = Asked.now(BOOK, "new")
    with ENGINES.asked(about) as first:
        pass
    with ENGINES.asked(about) as second:
        assert second is first


def test_numbers_are_written_without_an_exponent():
    [one] = board(edition(BOOK).book, {"condition.2.amount": "1E+3"}).moved
    assert (one.value, one.written) == (Decimal(1000), "1000万元")


@pytest.mark.parametrize("given", ["1e400", "1e-400", "9" * 3900, "1e999999", "NaN"])
def test_a_number_that_is_nobodys_is_refused_and_the_sliders_stay(given, client_of):
    answer = client_of(Role.CITY_OFFICER).get(URL, {"rulebook": BOOK, "condition.2.amount": given})
    assert (answer.status_code, "不是数" in answer.content.decode()) == (422, True)
