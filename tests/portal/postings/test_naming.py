"""Firms that a public half names: found, flagged, and moved by one tap; whom to avoid has its own field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.cooperation import PUBLIC, buyers, draft
from rongtong import identity
from rongtong.errors import InputError
from rongtong.portal.people.models import Role
from rongtong.portal.postings import disclosure, naming
from rongtong.portal.postings.models import Posting, PrivateHalf
from rongtong.portal.postings.suggesting import filled_in
from rongtong.portal.registry.models import Firm

GIVEN = {"kind": "parts", "title": "精密阀座", "text": "采购精密阀座", "visibility": "alliance", "days": "90"}


@pytest.fixture
def other(db) -> Firm:
    """A firm of the registry that begins with its region and has a trade name of its own."""
    buyer = buyers()[2]
    local = Firm.objects.filter(name__startswith="青岛").exclude(id=buyer.id).order_by("n")
    short = (one for one in local if len(identity.split(one.name).trade_name) == 2)
    return next(one for one in short if naming.named(f"不用{one.name}的"))


@pytest.fixture
def buyer(client_of):
    return client_of(Role.LARGE_FIRM)


def stem(firm: Firm) -> str:
    return identity.split(firm.name).stem


@pytest.mark.parametrize("cut", ["whole", "stem", "behind its region"])
def test_a_firm_of_the_registry_is_found_by_as_much_of_its_name_as_is_written(other, cut):
    written = {"whole": other.name, "stem": stem(other), "behind its region": stem(other).removeprefix("青岛")}[cut]
    assert [(one.text, one.name) for one in naming.named(f"曾与{written}做过样件")] == [(written, other.name)]


def test_a_trade_name_alone_is_a_firm_where_it_stands_as_a_customer(other):
    trade = identity.split(other.name).trade_name
    assert [one.name for one in naming.named(f"长期给{trade}供货")] == [other.name]
    assert naming.named(f"{trade}色涂层") == []


def test_customers_that_everybody_knows_are_told(db):
    assert {one.text for one in naming.named("给海尔、海信供过货")} == {"海尔", "海信"}


def test_ordinary_words_name_nobody(db):
    assert naming.named("采购精密阀座，材料为轴承钢，要求 ISO 9001，10月底前送样，本地企业优先") == []


def findings(text: str, firm: Firm, **given) -> list[tuple[str, bool]]:
    posting = Posting(firm=firm.id, side="need", title="阀座", text=text, **given)
    return [(one.text, one.blocks) for one in disclosure.findings(posting, PrivateHalf(), firm)]


def test_another_firm_s_whole_name_must_go_and_a_customer_is_told(other):
    own = buyers()[2]
    assert findings(f"替代{other.name}的阀座", own) == [(other.name, True)]
    assert findings("给海尔供过货", own) == [("海尔", False)]
    assert findings(f"替代{other.name}的阀座", own, named=True) == [(other.name, False)]


def test_ones_own_name_must_go_unless_it_is_shown(db):
    own = buyers()[2]
    assert findings(f"{own.name}采购阀座", own) == [(own.name, True)]
    assert findings(f"{own.name}采购阀座", own, named=True) == [(own.name, False)]


def test_whom_to_avoid_goes_to_its_own_field_when_the_text_is_put_in_order(other):
    found = filled_in({"said": f"采购精密阀座，要求 ISO 9001，不与{other.name}对接。"})
    assert (found["text"], found["excludes"], found["private_text"]) == (
        "采购精密阀座，要求 ISO 9001。",
        other.name,
        "",
    )


def test_whom_to_avoid_is_moved_to_its_own_field_by_one_tap(buyer, other):
    clause = f"不与{other.name}对接"
    given = GIVEN | {"text": f"采购精密阀座，{clause}", "excludes": "甲公司"}
    page = buyer.post(reverse("postings:new-need"), given | {"act": "suggest"})
    assert f'name="move" value="{clause}"' in page.content.decode()
    moved = buyer.post(reverse("postings:new-need"), given | {"move": clause}).context["form"].initial
    assert (moved["text"], moved["excludes"]) == ("采购精密阀座", f"甲公司、{other.name}")


def test_whom_to_avoid_is_never_kept_in_the_public_half(other):
    purchasing, _research, firm = buyers()
    with pytest.raises(InputError, match="不与谁对接"):
        draft(purchasing, firm, text=PUBLIC["text"] + f"不与{other.name}对接")


def test_the_avoided_are_read_by_the_firm_alone(buyer, client_of, other):
    buyer.post(reverse("postings:new-need"), GIVEN | {"excludes": other.name, "act": "submit"})
    need = Posting.objects.get()
    assert need.private_half.excludes == [other.name]
    url = reverse("postings:posting", args=[need.pk])
    read = [other.name in client_of(role).get(url).content.decode() for role in (Role.LARGE_FIRM, Role.SECRETARIAT)]
    assert read == [True, False]
