"""What a need or an offer states in the portal reaches the engine as the cells of a list do, or is told unread."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.cooperation import PUBLIC, buyers
from rongtong.portal.days import today
from rongtong.portal.introductions import rows
from rongtong.portal.people.models import Role
from rongtong.portal.postings import operations
from rongtong.portal.postings.forms import PostingForm
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.suggesting import filled_in

GIVEN = {"kind": "parts", "title": "精密阀座", "text": "采购精密阀座", "visibility": "alliance", "days": "90"}


def kept(side: str = "need", **given: str) -> Posting:
    """A draft as the form keeps it."""
    form = PostingForm(GIVEN | given, side=side)
    assert form.is_valid(), form.errors
    by, _other, firm = buyers()
    return operations.post(actor=by, firm=firm, side=side, public=form.public(), private=form.private())


def told(side: str = "need", **given: str) -> dict[str, str]:
    """What the form has to say of fields that it cannot read."""
    form = PostingForm(GIVEN | given, side=side)
    form.is_valid()
    return {name: one[0] for name, one in form.errors.items()}


@pytest.mark.parametrize(
    ("said", "quantity", "unit"),
    [
        ("采购精密阀座，年用量 12000 件，预算 360 万元", 12_000, "件/年"),
        ("采购线束，每年1.2万套", 12_000, "套/年"),
        ("采购减速器，首批500台", 500, "台"),
        ("采购钢板，8 吨/月", 8, "吨/月"),
    ],
)
def test_a_quantity_that_is_suggested_is_the_one_that_is_judged(db, said, quantity, unit):
    row = rows.need_of(kept(**filled_in(GIVEN | {"said": said, "title": "", "text": ""})))
    assert (row["quantity"], row["unit"]) == (quantity, unit)


def test_what_cannot_be_read_is_told_at_its_field_with_the_mend(db):
    mend = "请只写一个数和单位，例如 年用量 12000 件；说不准的不填，写在说明里"
    assert told(quantity="若干") == {"quantity": f"数量：只有大概的数。{mend}"}
    assert told("offer", quantity="若干", price="实惠") == {
        "quantity": f"产能或可供数量：只有大概的数。{mend}",
        "price": "报价：看不出是什么价。请写一个价或一个区间，例如 850—1200元/套；还没有定的写“面议”",
    }
    assert told("offer", price="面议") == {}


def test_the_form_tells_what_a_workbook_tells_and_keeps_it(db, client_of):
    page = client_of(Role.LARGE_FIRM).post(
        reverse("postings:new-need"), GIVEN | {"regions": "火星", "act": "save"}, follow=True
    )
    sentence = "只限的地区：看不出是哪里：火星，在不在其中都记为未知。"
    assert (sentence in page.content.decode(), Posting.objects.get().regions) == (True, ["火星"])
    beside = client_of(Role.LARGE_FIRM).post(reverse("postings:new-need"), GIVEN | {"regions": "火星"})
    assert [one.place for one in beside.context["beside"].notes] == ["只限的地区"]


def test_what_is_wished_for_by_its_words_becomes_a_wish(db):
    need = kept(certificates="ISO9001优先，CE", regions="青岛优先", wished_regions="烟台优先")
    assert (need.certificates, need.regions) == (["CE"], [])
    assert need.wishes == {"certificates": ["ISO9001"], "regions": ["烟台优先", "青岛"]}
    wishes = {one["constraint"]: set(one["asked"]) for one in rows.need_of(need)["wishes"]}
    assert wishes == {"region": {"烟台", "青岛"}, "certificates": {"ISO9001"}}


def test_wishes_among_what_was_required_before_join_the_wishes(db):
    need = kept()
    need.certificates, need.titles, need.wishes = ["ISO9001优先"], ["最好是小巨人"], {"regions": ["济南"]}
    row = rows.need_of(need)
    assert (row["certificates"], row["titles"], row["regions"]) == (None, None, None)
    assert sorted((one["constraint"], one["asked"]) for one in row["wishes"]) == [
        ("certificates", ["ISO9001"]), ("region", ["济南"]), ("titles", ["专精特新小巨人"]),
    ]  # fmt: skip  # read by rows


def test_this_city_means_the_buyer_s_city_as_in_a_frozen_run(db):
    need = kept(regions="本市", wished_regions="市内")
    row = rows.need_of(need)
    assert (row["regions"], row["wishes"]) == (["青岛"], [{"constraint": "region", "asked": ["青岛"]}])


def test_how_many_are_wanted_and_by_which_standards_reach_the_engine_and_are_shown(db, client_of):
    need = kept(wanted="5", rulebooks="专精特新中小企业认定标准")
    row = rows.need_of(need)
    assert (row["wanted"], row["rulebooks"]) == (5, ["cn/srdi-sme"])
    page = client_of(Role.LARGE_FIRM).get(reverse("postings:posting", args=[need.pk])).content.decode()
    assert ("<dd>5</dd>" in page, "专精特新中小企业认定标准" in page) == (True, True)


def test_an_offer_s_figures_reach_the_engine(db, person, own_firm):
    expires = today() + datetime.timedelta(days=90)
    public = PUBLIC | {"expires_on": expires, "named": True}
    made = operations.post(
        actor=person(Role.FIRM), firm=own_firm, side="offer", public=public,
        private={"quantity": "月产 5000 件", "price": "850—1200 元/件"},
    )  # fmt: skip  # read by rows
    Posting.objects.filter(pk=made.pk).update(state="open")
    [row] = rows.published().to_pylist()
    assert (row["quantity"], row["unit"], row["unit_price"], row["price"]) == (5000, "件/月", Decimal(850), None)
