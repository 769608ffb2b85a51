"""Guided posting without JavaScript: suggestions, findings, one click, duplicates, and what was solved before."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.cooperation import PUBLIC, buyers, draft, open_need
from rongtong.portal.days import today
from rongtong.portal.introductions import operations as introductions
from rongtong.portal.people.models import Role
from rongtong.portal.postings import crowd, operations, queries
from rongtong.portal.postings.models import Posting
from rongtong.portal.postings.suggesting import filled_in

SAID = "采购精密阀座，年用量 12000 件，预算 360 万元，要求 ISO 9001，10月底前送样。"
GIVEN = {"kind": "parts", "title": "精密阀座", "text": "采购精密阀座", "visibility": "alliance", "days": "90"}


@pytest.fixture
def buyer(db, client_of):
    return client_of(Role.LARGE_FIRM)


def test_free_text_becomes_a_form_to_confirm(db):
    found = filled_in({"said": SAID})
    assert {name: found[name] for name in ("title", "kind", "quantity", "budget", "text", "private_text")} == {
        "title": "精密阀座", "kind": "parts", "quantity": "年用量 12000 件", "budget": "360",
        "text": "采购精密阀座，要求 ISO 9001，10月底前送样。", "private_text": "",
    }  # fmt: skip


def test_what_somebody_wrote_stays_and_what_was_only_suggested_follows_the_text(db):
    first = filled_in({"said": SAID})
    again = filled_in(first | {"title": "阀座（急）", "said": SAID.replace("12000", "15000")})
    assert (again["title"], again["quantity"]) == ("阀座（急）", "年用量 15000 件")


def test_without_javascript_the_page_comes_back_filled_in(buyer):
    page = buyer.post(reverse("postings:new-need"), {"said": SAID, "act": "suggest"})
    assert (page.status_code, 'value="年用量 12000 件"' in page.content.decode()) == (200, True)


def test_what_gives_the_firm_away_is_shown_and_moved_by_one_click(buyer):
    given = GIVEN | {"text": "采购精密阀座，联系 13812345678，要耐高温"}
    page = buyer.post(reverse("postings:new-need"), given | {"act": "suggest"}).content.decode()
    assert 'name="move" value="13812345678"' in page
    moved = buyer.post(reverse("postings:new-need"), given | {"move": "13812345678"})
    form = moved.context["form"].initial
    assert (form["text"], form["private_text"]) == ("采购精密阀座，要耐高温", "联系 13812345678")


def test_purchasing_hands_in_and_confirms_in_one_step(buyer):
    buyer.post(reverse("postings:new-need"), GIVEN | {"quantity": "900 件", "budget": "12.5", "act": "submit"})
    need = Posting.objects.get()
    assert (need.state, [one.transition for one in need.steps.all()]) == ("reviewing", ["hand_in", "confirm"])
    assert (need.budget, need.private_half.budget, need.private_half.quantity) == (None, 125_000, "900 件")


def test_a_budget_made_public_stands_in_the_public_half(buyer):
    buyer.post(reverse("postings:new-need"), GIVEN | {"budget": "12.5", "budget_public": "on", "act": "save"})
    need = Posting.objects.get()
    assert (need.budget, need.private_half.budget) == (125_000, None)


def test_what_must_go_is_refused_and_nothing_is_kept(buyer):
    given = GIVEN | {"text": "年用量 900 件", "quantity": "900 件", "act": "submit"}
    page = buyer.post(reverse("postings:new-need"), given)
    assert (page.status_code, Posting.objects.count()) == (422, 0)


def test_a_draft_is_edited_by_its_author_alone(buyer, client_of):
    purchasing, research, firm = buyers()
    need = draft(purchasing, firm)
    page = buyer.post(reverse("postings:edit", args=[need.pk]), GIVEN | {"title": "改过的阀座", "act": "save"})
    need.refresh_from_db()
    assert (page.status_code, need.title, need.state) == (302, "改过的阀座", "draft")
    assert research.has_perm("postings.view", need) is False
    assert client_of(Role.FIRM).get(reverse("postings:edit", args=[need.pk])).status_code == 404


def test_ones_own_and_others_open_needs_that_say_the_same_are_shown(db, person):
    purchasing, research, firm = buyers()
    own = draft(purchasing, firm)
    found = queries.duplicates(purchasing, "need", PUBLIC["title"], [])
    assert found == [own]
    assert queries.duplicates(research, "need", PUBLIC["title"], []) == []
    shown = open_need(purchasing, firm, person(Role.SECRETARIAT), title="高压共轨喷油器精密阀座")
    assert queries.duplicates(research, "need", PUBLIC["title"], []) == [shown]


def test_who_solved_a_similar_need_is_named_to_those_who_may_know(db, person, own_firm):
    purchasing, _research, firm = buyers()
    owner = person(Role.FIRM)
    need = open_need(purchasing, firm, person(Role.SECRETARIAT))
    made = introductions.apply(actor=owner, firm=own_firm, need=need)
    type(made).objects.filter(pk=made.pk).update(state="contracted")
    operations.move(actor=purchasing, posting=need, transition="meet")
    assert queries.solved(owner, "喷油器精密阀座", []) == [need]
    assert queries.solvers(purchasing, need) == [own_firm]
    assert queries.solvers(person(Role.CITY_OFFICER), need) == []


def test_size_volume_and_segment_together_name_a_chain_leader(buyer):
    _purchasing, _research, firm = buyers()
    segment = crowd.vocabulary().segments[0]
    given = GIVEN | {"segment": segment, "text": "行业龙头采购精密阀座，每年 30 万件"}
    page = buyer.post(reverse("postings:new-need"), given | {"act": "suggest"})
    assert [(one.text, one.blocks) for one in page.context["beside"].findings] == [("龙头", True)]
    assert crowd.alike(segment, firm) == 1
    two = given | {"text": "采购精密阀座，每年 30 万件"}
    told = buyer.post(reverse("postings:new-need"), two | {"act": "suggest"}).context["beside"].findings
    assert [one.blocks for one in told] == [False]


def test_a_posting_stands_half_a_year_at_the_longest(db):
    purchasing, _research, firm = buyers()
    for days in (0, 181):
        with pytest.raises(Exception, match="180 天以内"):
            draft(purchasing, firm, expires_on=today() + operations.LONGEST.__class__(days=days))


HOPED = "我们厂协作机器人关节要用谐波减速器，必须有 ISO 9001，青岛市内优先，最好有 IATF 16949，单件 850到1200元/套。"


def test_what_is_required_and_what_is_only_wished_for_stand_apart(db):
    found = filled_in({"said": HOPED})
    names = ("title", "products", "certificates", "wished_certificates", "regions", "wished_regions", "budget")
    assert {name: found[name] for name in names} == {
        "title": "协作机器人关节用谐波减速器", "products": "谐波减速器",
        "certificates": "ISO 9001 质量管理体系认证", "wished_certificates": "IATF 16949 汽车质量管理体系认证",
        "regions": "", "wished_regions": "青岛", "budget": "",
    }  # fmt: skip
    assert "850到1200元/套" in found["private_text"]


def test_a_requirement_becomes_a_wish_and_a_wish_one_by_one_tap(buyer):
    given = GIVEN | {"certificates": "ISO 9001", "wished_certificates": "CNAS"}
    url = reverse("postings:new-need")
    assert 'name="wish" value="certificates"' in buyer.post(url, given).content.decode()
    found = [buyer.post(url, given | {act: "certificates"}).context["form"].initial for act in ("wish", "must")]
    assert [(one["certificates"], one["wished_certificates"]) for one in found] == [
        ("", "CNAS、ISO 9001"),
        ("ISO 9001、CNAS", ""),
    ]


def test_what_was_made_a_wish_stays_one_when_the_text_is_put_in_order_again(db):
    said = {"said": "采购精密阀座，要求 ISO 9001。"}
    first = filled_in(said)
    again = filled_in(filled_in(first | {"wish": "certificates"}))
    assert (again["certificates"], again["wished_certificates"]) == ("", first["certificates"])


def test_wishes_are_kept_shown_and_edited(buyer):
    buyer.post(reverse("postings:new-need"), GIVEN | {"titles": "小巨人", "wished_regions": "青岛", "act": "save"})
    need = Posting.objects.get()
    assert (need.titles, need.wishes) == (["专精特新小巨人"], {"regions": ["青岛"]})
    assert (need.asked, need.hoped) == (["专精特新小巨人"], ["青岛"])
    form = buyer.get(reverse("postings:edit", args=[need.pk])).context["form"]
    assert form["wished_regions"].value() == "青岛"


def test_an_offer_is_asked_for_what_offers_say_and_its_price_is_no_budget(buyer):
    url, said = reverse("postings:new-offer"), "承接谐波减速器加工，850到1200元/套，已通过 IATF 16949。"
    form = buyer.post(url, {"said": said, "act": "suggest"}).context["form"]
    labels = {name: str(form.fields[name].label) for name in ("needed_by", "certificates", "quantity", "price")}
    assert labels == {
        "needed_by": "最早可交付日期", "certificates": "已有的认证", "quantity": "产能或可供数量", "price": "报价",
    }  # fmt: skip
    assert [name for name in ("budget", "wished_regions") if name in form.fields] == []
    assert (form["price"].value(), form["certificates"].value()) == (
        "850到1200元/套",
        "IATF 16949 汽车质量管理体系认证",
    )
    buyer.post(url, GIVEN | {"price": "850—1200 元/套", "act": "save"})
    kept = Posting.objects.get()
    assert (kept.side, kept.private_half.price, kept.budget) == ("offer", "850—1200 元/套", None)


@pytest.mark.parametrize("was", ["[" * 200_000, '{"a":' * 100_000, "x", "[1]"])
def test_what_no_page_of_ours_sent_as_suggested_counts_for_nothing(db, was):
    assert filled_in({"said": SAID, "was": was})["title"] == "精密阀座"
